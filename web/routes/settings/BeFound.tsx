import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Party, PublicProfile } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { Facts } from '../../components/Facts.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';

/** Whether everybody can look me up, under which name, and what they read then. */
export function BeFound({ party }: { party: Party }) {
  const node = useAsk('show-node', {});
  const profile = useAsk('show-public-profile', {});
  if (!profile.data || !node.data)
    return <Problem failure={profile.failure ?? node.failure} again={profile.again} />;
  const { publicOrigin } = node.data;
  return (
    <div className="stack">
      <p className="soft">{t.discovery.lead}</p>
      {profile.data.isFound ? <Found profile={profile.data} /> : <p>{t.discovery.notFound}</p>}
      {publicOrigin === undefined ? (
        <p className="hint">{t.discovery.nodeAlone}</p>
      ) : (
        <PublicForm party={party} profile={profile.data} host={new URL(publicOrigin).host} />
      )}
    </div>
  );
}

function Found({ profile }: { profile: PublicProfile }) {
  const stop = useAct('stop-being-found');
  const say = useSay();
  const address = profile.address ?? '';
  const act = async () => {
    if (await stop.run({})) say({ text: t.discovery.stopped });
  };
  return (
    <>
      <p>
        {t.discovery.found} <strong>{address}</strong>
      </p>
      <Facts facts={[[t.discovery.key, <code key="k">{profile.key}</code>]]} />
      <p className="hint">{t.discovery.keyHint}</p>
      <Problem failure={stop.failure} />
      <div>
        <TwoSteps
          act={t.discovery.stop}
          ask={t.discovery.stopAsk(address)}
          what={t.discovery.stopWhat}
          now={t.discovery.stop}
          isBusy={stop.isBusy}
          onDo={() => void act()}
        />
      </div>
    </>
  );
}

function PublicForm(props: { party: Party; profile: PublicProfile; host: string }) {
  const { party, profile } = props;
  const act = useAct('be-found');
  const say = useSay();
  const [form, setForm] = useState({
    name: profile.name ?? party.handle,
    displayName: profile.displayName ?? party.name,
    about: profile.about ?? '',
    showStorefronts: profile.showsStorefronts ?? false,
  });
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const submit = async () => {
    const markets = (profile.markets ?? []).map((market) => market.id);
    const now = await act.run({ ...form, markets });
    if (now) say({ text: t.discovery.nowFound(now.address ?? '') });
  };
  return (
    <Form
      failure={act.failure}
      onSubmit={() => void submit()}
      acts={
        <Button
          kind="act"
          type="submit"
          isBusy={act.isBusy}
          isOff={form.name === '' || form.displayName.trim() === ''}
        >
          {profile.isFound ? t.discovery.change : t.discovery.be}
        </Button>
      }
    >
      <TextField
        name="name"
        label={t.discovery.name}
        hint={t.discovery.nameHint(props.host)}
        value={form.name}
        onChange={(name) => set({ name: name.toLowerCase() })}
        maxLength={32}
      />
      <TextField
        name="displayName"
        label={t.discovery.displayName}
        value={form.displayName}
        onChange={(displayName) => set({ displayName })}
        maxLength={200}
      />
      <TextField
        name="about"
        label={`${t.discovery.about} (${t.frame.optional})`}
        value={form.about}
        onChange={(about) => set({ about })}
        maxLength={1000}
      />
      <Check
        label={t.discovery.withStorefronts}
        about={t.discovery.withStorefrontsAbout}
        value={form.showStorefronts}
        onChange={(showStorefronts) => set({ showStorefronts })}
      />
      <p className="hint">{t.discovery.publicNow}</p>
    </Form>
  );
}
