import { useRows } from '../../api/queries.ts';
import type { RuleWhom } from '../../api/shapes.ts';
import { SelectField } from '../../components/Select.tsx';
import { t } from '../../i18n/index.ts';
import { AddOne, Chosen } from './AddOne.tsx';

const KINDS = ['market-vendors', 'everybody', 'relationships', 'nobody'] as const;

/** Whom a rule is for. */
export function WhomFields({ whom, set }: { whom: RuleWhom; set: (whom: RuleWhom) => void }) {
  const isSome = whom.kind === 'relationships';
  const known = useRows('list-relationships', {}, { off: !isSome }).rows;
  const chosen = whom.relationships ?? [];
  const nameOf = (id: string): string => {
    const row = known.find((it) => it.id === id);
    return row ? `${row.with.name}, ${row.title}` : id;
  };
  return (
    <>
      <SelectField
        name="whom.kind"
        label={t.rules.whomLabel}
        value={whom.kind}
        options={KINDS.map((value) => ({ value, label: t.rules.whom[value] }))}
        onChange={(value) => set({ ...whom, kind: KINDS.find((kind) => kind === value) ?? 'nobody' })}
      />
      {isSome ? (
        <div className="stack">
          <Chosen
            label={t.rules.chosen}
            rows={chosen.map((id) => ({ key: id, label: nameOf(id) }))}
            act={t.rules.leaveOut}
            actOf={t.rules.takeAway}
            onDrop={(id) => set({ ...whom, relationships: chosen.filter((it) => it !== id) })}
          />
          <AddOne
            name="whom.relationships"
            label={t.rules.whichLabel}
            choose={t.data.whatChoose}
            options={known
              .filter((row) => !chosen.includes(row.id))
              .map((row) => ({ value: row.id, label: nameOf(row.id) }))}
            onAdd={(id) => set({ ...whom, relationships: [...chosen, id] })}
          />
        </div>
      ) : null}
    </>
  );
}
