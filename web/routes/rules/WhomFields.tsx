import type { KeyboardEvent } from 'react';
import { useAsk, useRows } from '../../api/queries.ts';
import type { RelationshipRow, RuleWhom } from '../../api/shapes.ts';
import { TextField } from '../../components/Field.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSearch } from '../../components/Rows.tsx';
import { SelectField } from '../../components/Select.tsx';
import { choosing } from '../../i18n/choosing.ts';
import { t } from '../../i18n/index.ts';
import { AddOne, Chosen } from './AddOne.tsx';

const KINDS = ['market-vendors', 'everybody', 'relationships', 'nobody'] as const;

/** As many as a rule names, and as a page has. */
const MOST = 200;

/** Whom a rule is for. */
export function WhomFields({ whom, set }: { whom: RuleWhom; set: (whom: RuleWhom) => void }) {
  return (
    <>
      <SelectField
        name="whom.kind"
        label={t.rules.whomLabel}
        value={whom.kind}
        options={KINDS.map((value) => ({ value, label: t.rules.whom[value] }))}
        onChange={(value) => set({ ...whom, kind: KINDS.find((kind) => kind === value) ?? 'nobody' })}
      />
      {whom.kind === 'relationships' ? (
        <Some chosen={whom.relationships ?? []} set={(relationships) => set({ ...whom, relationships })} />
      ) : null}
    </>
  );
}

/** Those that are chosen by their names, and one more of as many as there are. */
function Some({ chosen, set }: { chosen: readonly string[]; set: (chosen: string[]) => void }) {
  const search = useSearch();
  const found = useRows('list-relationships', search.asked ? { search: search.asked } : {});
  const named = useAsk(
    'list-relationships',
    { ids: [...chosen], limit: MOST },
    { off: chosen.length === 0, keep: true },
  );
  const known = [...(named.data?.rows ?? []), ...found.rows];
  const nameOf = (id: string): string => {
    const row = known.find((it) => it.id === id);
    if (row) return sayOf(row);
    return named.isLoading ? t.frame.loading : choosing.gone;
  };
  const isLong = found.isMore || search.text !== '';
  return (
    <div className="stack">
      <Problem failure={named.failure ?? found.failure} again={named.failure ? named.again : found.again} />
      <Chosen
        label={t.rules.chosen}
        rows={chosen.map((id) => ({ key: id, label: nameOf(id) }))}
        act={t.rules.leaveOut}
        actOf={t.rules.takeAway}
        onDrop={(id) => set(chosen.filter((it) => it !== id))}
      />
      {isLong ? (
        <search onKeyDown={stayHere}>
          <TextField
            type="search"
            label={choosing.search}
            hint={choosing.more}
            value={search.text}
            onChange={search.set}
          />
        </search>
      ) : null}
      <AddOne
        name="whom.relationships"
        label={t.rules.whichLabel}
        choose={found.rows.length === 0 && !found.isLoading ? t.frame.nothingFits : t.data.whatChoose}
        options={found.rows
          .filter((row) => !chosen.includes(row.id))
          .map((row) => ({ value: row.id, label: sayOf(row) }))}
        onAdd={(id) => set([...chosen, id])}
      />
    </div>
  );
}

/** Whoever ends their search with Enter does not save the rule by it. */
function stayHere(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}

function sayOf(row: RelationshipRow): string {
  return `${row.with.name}, ${row.title}`;
}
