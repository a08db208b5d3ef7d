import { useState } from 'react';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Agreement, Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDay } from '../../i18n/format.ts';
import { giving } from '../../i18n/giving.ts';
import { t } from '../../i18n/index.ts';
import { ToRecovery } from '../devices/ToRecovery.tsx';

/** What was to come from a device of mine, never came, and is read by the node again: it gives it as it gives all else. */
export function GiveServed(props: {
  relationship: Relationship;
  promised: Agreement['gives'][number] & { label: string };
  onGiven: () => void;
}) {
  const { relationship, promised, onGiven } = props;
  const { property, purpose, until, label } = promised;
  const { name } = relationship.with;
  const listed = useAsk('list-items', { property, limit: 20 });
  const items = listed.data?.rows ?? [];
  const [chosen, choose] = useState<string>();
  const share = useAct('share-items');
  const say = useSay();
  const item = items.find((it) => it.id === chosen) ?? items[0];
  const act = async () => {
    const when = until === null ? {} : { until };
    const items = item ? [{ item: item.id, purpose, ...when }] : [];
    if (!(await share.run({ relationship: relationship.id, items }))) return;
    say({ text: giving.gaveServed(label, name) });
    onGiven();
  };
  return (
    <div className="inline-form stack">
      <p>
        <strong>{giving.owedServed(label)}</strong> {giving.owedServedWhy}
      </p>
      {items.length > 1 && item ? (
        <Choices
          label={t.accept.shareWhich(label)}
          value={item.id}
          onChange={choose}
          choices={items.map((it) => ({ value: it.id, label: it.value, about: it.label }))}
        />
      ) : (
        <p className={item ? 'disclosure-value' : 'hint'}>
          {item?.value ?? (listed.data ? t.keeping.giveHereNothing : t.frame.loading)}
        </p>
      )}
      <p className="hint">
        {purpose}. {t.relationships.until} {until === null ? t.relationships.noEnd : formatDay(until)}.
      </p>
      <Problem failure={share.failure ?? listed.failure} />
      <ToRecovery failure={share.failure} />
      <div className="acts">
        <Button kind="act" isBusy={share.isBusy} isOff={!item} onPress={() => void act()}>
          {giving.giveServed(label)}
        </Button>
      </div>
    </div>
  );
}
