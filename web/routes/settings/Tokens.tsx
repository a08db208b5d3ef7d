import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Scope, Token } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { Copy } from '../../components/Copy.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

const SCOPES: readonly Scope[] = ['reads', 'writes', 'discloses', 'binds'];

const COLUMNS: readonly Column<Token>[] = [
  { head: t.settings.token, isLead: true, cell: (row) => row.label },
  {
    head: t.settings.tokenScopes,
    cell: (row) => formatList(row.scopes.map((scope) => t.settings.scopes[scope])),
  },
  { head: t.settings.lastUsed, isNamed: true, cell: (row) => <When at={row.usedAt} /> },
  { head: t.settings.tokenUntil, isNamed: true, cell: (row) => <When at={row.expiresAt} /> },
  { head: t.settings.revoke, isAct: true, cell: (row) => <Revoke token={row} /> },
];

/** Tokens of programs that act as me: what each may do, when it was used, and how to end it. */
export function Tokens() {
  const tokens = useAsk('list-tokens', {});
  const rows = tokens.data?.rows ?? [];
  return (
    <div className="stack" data-wide>
      <p>{t.settings.tokensLead}</p>
      <Problem failure={tokens.failure} again={tokens.again} />
      {tokens.data && rows.length === 0 ? <p className="soft">{t.settings.noTokens}</p> : null}
      {rows.length > 0 ? (
        <Table caption={t.settings.tokens} columns={COLUMNS} rows={rows} keyOf={(row) => row.id} />
      ) : null}
      <CreateToken />
    </div>
  );
}

function CreateToken() {
  const create = useAct('create-token');
  const [label, setLabel] = useState('');
  const [days, setDays] = useState('90');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [made, setMade] = useState<string>();
  const submit = async () => {
    const created = await create.run({ label, scopes: [...scopes], days: Number(days) });
    if (!created) return;
    setMade(created.token);
    setLabel('');
    setScopes([]);
  };
  return (
    <Form
      failure={create.failure}
      onSubmit={() => void submit()}
      acts={
        <Button
          kind="act"
          type="submit"
          isBusy={create.isBusy}
          isOff={label.trim() === '' || scopes.length === 0}
        >
          {t.settings.tokenMake}
        </Button>
      }
    >
      {made ? <NewToken token={made} /> : null}
      <TextField
        name="label"
        label={t.settings.tokenLabel}
        value={label}
        onChange={setLabel}
        maxLength={200}
      />
      <fieldset aria-label={t.settings.tokenScopes}>
        <span className="label" aria-hidden="true">
          {t.settings.tokenScopes}
        </span>
        {SCOPES.map((scope) => (
          <Check
            key={scope}
            label={t.settings.scopes[scope]}
            value={scopes.includes(scope)}
            onChange={(isOn) =>
              setScopes(isOn ? [...scopes, scope] : scopes.filter((other) => other !== scope))
            }
          />
        ))}
      </fieldset>
      <TextField
        type="number"
        min="1"
        name="days"
        label={t.settings.tokenDays}
        value={days}
        onChange={setDays}
      />
    </Form>
  );
}

function NewToken({ token }: { token: string }) {
  return (
    <div className="stack" role="status">
      <p>{t.settings.tokenOnce}</p>
      <p className="code">
        <code>{token}</code>
      </p>
      <Copy text={token} />
    </div>
  );
}

function Revoke({ token }: { token: Token }) {
  const revoke = useAct('revoke-token');
  const say = useSay();
  const act = async () => {
    if (await revoke.run({ id: token.id })) say({ text: t.settings.revoked(token.label) });
  };
  return (
    <>
      <Button
        kind="line"
        label={`${t.settings.revoke}: ${token.label}`}
        isBusy={revoke.isBusy}
        onPress={() => void act()}
      >
        {t.settings.revoke}
      </Button>
      <Problem failure={revoke.failure} />
    </>
  );
}
