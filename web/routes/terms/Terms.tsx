import { useAct, useAsk } from '../../api/queries.ts';
import type { RosterEntry } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { More } from '../../components/More.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { Proffers } from './Proffers.tsx';
import { TermsOrder } from './TermsOrder.tsx';
import { LegalText, PlainLines } from './TermsText.tsx';

/** What I ask of everybody: first as plain lines, then in detail, then the text. */
export default function Terms() {
  const roster = useAsk('list-roster', {});
  const mine = useAsk('show-terms', {});
  const change = useChange(mine.data?.proffered ?? []);
  const rows = roster.data?.rows ?? [];
  const proffered = (mine.data?.proffered ?? []).flatMap((id) => rows.find((row) => row.id === id) ?? []);
  const first = proffered[0];
  return (
    <Page title={t.terms.title} lead={t.terms.lead}>
      <Problem failure={roster.failure ?? mine.failure ?? change.failure} again={mine.again} />
      <section aria-label={t.terms.mineNow}>
        {first ? (
          <div className="stack">
            <h2>{first.name}</h2>
            {mine.data?.isDefault ? <p className="soft">{t.terms.isDefault}</p> : null}
            <PlainLines entry={first} />
          </div>
        ) : null}
      </section>
      {proffered.length > 0 ? (
        <Section title={t.terms.order}>
          <TermsOrder entries={proffered} change={change.set} />
        </Section>
      ) : null}
      <Section title={t.terms.answers} id="answers">
        <Proffers />
      </Section>
      <Section title={t.terms.roster}>
        <p className="soft">{t.terms.rosterLead}</p>
        <ul className="bare roster">
          {rows.map((entry) => (
            <RosterLine
              key={entry.id}
              entry={entry}
              add={
                change.ids.includes(entry.id) || entry.family === 'contribution'
                  ? undefined
                  : () => change.set([...change.ids, entry.id])
              }
            />
          ))}
        </ul>
        <p className="hint">{roster.data?.notice}</p>
      </Section>
    </Page>
  );
}

/** Changes the order at once; Undo brings the one before back. */
function useChange(ids: readonly string[]) {
  const choose = useAct('choose-terms');
  const say = useSay();
  const set = async (next: readonly string[]) => {
    const before = [...ids];
    if (!(await choose.run({ ids: [...next] }))) return;
    say({ text: t.terms.changed, undo: () => choose.run({ ids: before }) });
  };
  return { ids, set: (next: readonly string[]) => void set(next), failure: choose.failure };
}

function RosterLine({ entry, add }: { entry: RosterEntry; add: (() => void) | undefined }) {
  const name = (
    <>
      <span className="serif">{entry.name}</span> <span className="soft">{entry.id}</span>
    </>
  );
  return (
    <li>
      <More title={name}>
        <div className="stack">
          <PlainLines entry={entry} />
          <p className="hint">
            {t.terms.iri}: <code>{entry.iri}</code>
            {entry.aliases.length > 0 ? `. ${t.terms.aliases}: ${entry.aliases.join(', ')}` : null}
          </p>
          <More title={t.terms.text}>
            <LegalText entry={entry} />
          </More>
        </div>
      </More>
      {add ? (
        <Button kind="line" label={`${t.terms.add}: ${entry.name}`} onPress={add}>
          {t.terms.add}
        </Button>
      ) : null}
    </li>
  );
}
