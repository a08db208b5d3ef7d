import { useAct } from '../../api/queries.ts';
import type { NeverEntry } from '../../api/shapes.ts';
import { Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { AddOne, Chosen } from './AddOne.tsx';
import { keyOf } from './say.ts';
import { thingOf, useLabels, useThings } from './things.ts';

/** The one list that outranks every rule. Each change of it holds at once, and says nothing of the rest of the list. */
export function Never({ never }: { never: readonly NeverEntry[] }) {
  const set = useAct('set-never');
  const say = useSay();
  const labelOf = useLabels();
  const things = useThings(never);
  const entries = never.map(({ kind, value }) => ({ kind, value }));
  const add = async (choice: string) => {
    const thing = thingOf(choice);
    if (thing && (await set.run({ add: [thing] }))) say({ text: t.rules.neverAdded(labelOf(thing)) });
  };
  const drop = async (key: string) => {
    const thing = thingOf(key);
    const done = thing && (await set.run({ drop: [thing] }));
    if (!done) return;
    say({ text: t.rules.neverDropped(labelOf(thing)) });
    if (done.switchedOff > 0) say({ text: t.rules.neverSwitched(done.switchedOff) });
  };
  return (
    <Section title={t.rules.neverTitle}>
      <div className="form">
        <p>{t.rules.neverLead}</p>
        {never.length === 0 ? <p className="soft">{t.rules.neverNone}</p> : null}
        <Chosen
          label={t.rules.neverTitle}
          rows={entries.map((it) => ({ key: keyOf(it), label: labelOf(it) }))}
          act={t.rules.neverDropAct}
          actOf={t.rules.neverDrop}
          onDrop={(key) => void drop(key)}
        />
        <Problem failure={set.failure} />
        <AddOne
          label={t.rules.neverAdd}
          choose={t.rules.neverChoose}
          options={things}
          onAdd={(choice) => void add(choice)}
        />
      </div>
    </Section>
  );
}
