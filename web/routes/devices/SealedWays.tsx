import { useState } from 'react';
import type { Device, VaultShown } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { SecretField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { setBack } from '../../i18n/set-back.ts';
import { usePasskeyTold } from '../../passkeys/use-passkeys.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useAdoptHere } from '../../sealed/use-passphrases.ts';
import { useSealed } from '../../sealed/use-sealed.ts';
import { useAddWay, useRemoveWay, WAY, wayOf } from '../../sealed/use-ways.ts';

/** Whether a way on the list also opens what only devices open. */
export function opensSealed({ ways, passphrase }: VaultShown, row: Device): boolean {
  const names = new Set(ways.map((way) => way.name));
  if (row.kind === 'passkey') return names.has(wayOf(row.id));
  if (row.kind === 'recovery-code') return names.has('way/recovery');
  return [...names].some((name) => isInForce({ passphrase }, name));
}

const PASSPHRASE = 'way/passphrase/';

/** Whether it is the way of the passphrase that the node opens with. */
function isInForce({ passphrase }: Pick<VaultShown, 'passphrase'>, name: string): boolean {
  return passphrase.how === 'here' && name === `${PASSPHRASE}${passphrase.salt}`;
}

/** Lets a passkey of this address open what only devices open. */
export function AddWay({ row }: { row: Device }) {
  const { shown, vault } = useSealed();
  const passkey = usePasskeyTold();
  const add = useAddWay();
  const say = useSay();
  const name = row.name ?? '';
  if (!vault || !shown || !row.opensKeys || row.isHere !== true || opensSealed(shown, row)) return null;
  const act = async () => {
    const used = await passkey.run(row.id);
    if (used && (await add.run(used.passkey, used.told))) say({ text: t.keeping.addedWay(name) });
  };
  return (
    <>
      <Button
        kind="line"
        label={t.keeping.addWayOf(name)}
        isBusy={passkey.isBusy || add.isBusy}
        onPress={() => void act()}
      >
        {t.keeping.addWay}
      </Button>
      <Problem failure={passkey.failure ?? add.failure} />
    </>
  );
}

/** Below the list, of whoever has sealed something: unlocking, what is left of removed passkeys, a passphrase set anew. */
export function SealedWays({ rows }: { rows: readonly Device[] }) {
  const { shown, vault } = useSealed();
  if (!shown?.vault) return null;
  const known = new Set(rows.map((row) => wayOf(row.id)));
  const left = shown.ways.filter((way) => way.name.startsWith(WAY) && !known.has(way.name));
  const before = shown.ways.filter(({ name }) => name.startsWith(PASSPHRASE) && !isInForce(shown, name));
  const isPassphraseIn = rows.some((row) => row.kind === 'passphrase' && opensSealed(shown, row));
  return (
    <>
      {left.length > 0 ? <p className="notice">{t.keeping.oldWays(left.length)}</p> : null}
      {isPassphraseIn && before.length > 0 ? <p className="notice">{setBack.oldPassphrase}</p> : null}
      {isPassphraseIn ? null : <p className="notice">{t.keeping.notWithThis}</p>}
      {vault ? null : <UnlockForWays />}
      {vault && isPassphraseIn && left.length + before.length > 0 ? (
        <NewKeys ways={[...left, ...before].map((way) => way.name)} />
      ) : null}
      {vault && !isPassphraseIn ? <Adopt /> : null}
    </>
  );
}

function UnlockForWays() {
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <Unlock onCancel={() => setAsked(false)} />;
  return (
    <p className="hint">
      {t.keeping.unlockForWays}{' '}
      <Button kind="line" onPress={() => setAsked(true)}>
        {t.keeping.unlock}
      </Button>
    </p>
  );
}

function NewKeys({ ways }: { ways: readonly string[] }) {
  const remove = useRemoveWay();
  const say = useSay();
  const act = async () => {
    for (const way of ways) if (!(await remove.run(way))) return;
    say({ text: t.keeping.newKeysMade });
  };
  return (
    <>
      <Problem failure={remove.failure} />
      <Button isBusy={remove.isBusy} onPress={() => void act()}>
        {t.keeping.newKeys}
      </Button>
    </>
  );
}

/** The passphrase was set anew at the node alone, by shares or where the second step was lost. */
function Adopt() {
  const adopt = useAdoptHere();
  const say = useSay();
  const [passphrase, setPassphrase] = useState('');
  const submit = async () => {
    // It is open: how it would be opened is not asked.
    if (await adopt.run({ passphrase }, passphrase)) say({ text: t.keeping.adopted });
  };
  return (
    <Form
      failure={adopt.failure}
      onSubmit={() => void submit()}
      acts={
        <Button type="submit" isBusy={adopt.isBusy} isOff={passphrase === ''}>
          {t.keeping.adopt}
        </Button>
      }
    >
      <SecretField
        name="passphrase"
        label={t.keeping.passphrase}
        value={passphrase}
        onChange={setPassphrase}
      />
    </Form>
  );
}
