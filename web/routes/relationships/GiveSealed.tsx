import { useState } from 'react';
import type { Vault } from '../../../device/index.ts';
import { useAsk } from '../../api/queries.ts';
import type { Agreement, Grant, Item, Relationship } from '../../api/shapes.ts';
import { useWork } from '../../api/work.ts';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { Problem } from '../../components/Problem.tsx';
import { isTimes, TimesField } from '../../components/TimesField.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDay, formatList } from '../../i18n/format.ts';
import { giving } from '../../i18n/giving.ts';
import { t } from '../../i18n/index.ts';
import { taken } from '../../sealed/results.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useSealed } from '../../sealed/use-sealed.ts';
import { Compare, useTheirKey } from './CompareCode.tsx';
import { GiveServed } from './GiveServed.tsx';
import { useGiven } from './given.ts';

type Promised = Agreement['gives'][number] & { label: string };

interface Props {
  relationship: Relationship;
  onGiven: () => void;
}

/** They have it, or have opened it as often as was said. */
function isKept(row: Grant): boolean {
  return row.state === 'planned' || row.state === 'active' || row.stoppedBy === 'count';
}

/** What I have promised and the node has not given: what only my devices can read one of them locks for them. */
export function GiveSealed({ relationship, onGiven }: Props) {
  const { closed, shown, vault } = useSealed();
  const isMine = relationship.side === 'buyer' && relationship.state === 'active';
  const isOff = !isMine || (closed.length === 0 && shown?.vault === undefined);
  const agreement = useAsk('get-agreement', { relationship: relationship.id }, { off: isOff }).data;
  const known = useAsk('list-properties', {}, { off: isOff }).data?.rows ?? [];
  const properties = [...new Set((agreement?.gives ?? []).map((it) => it.property))];
  const rows = useGiven(relationship.id, { properties }, { off: isOff || properties.length === 0 });
  if (isOff || !rows) return null;
  const promised = (agreement?.gives ?? []).flatMap((it) => {
    const entry = known.find((one) => one.property === it.property);
    const isOver = it.until !== null && it.until <= Date.now();
    return entry && !isOver ? [{ ...it, label: entry.label, isSealed: closed.includes(entry.category) }] : [];
  });
  const given = (it: Promised) =>
    rows.filter((row) => row.property === it.property && row.purpose === it.purpose);
  const owed = promised.filter((it) => it.isSealed && !given(it).some(isKept));
  // It was to come from a device, and the node may read it again.
  const open = promised.filter((it) => !it.isSealed && given(it).length === 0);
  return (
    <>
      {owed.length > 0 ? (
        <Owed owed={owed} vault={vault} relationship={relationship} onGiven={onGiven} />
      ) : null}
      {open.map((it) => (
        <GiveServed
          key={`${it.property} ${it.purpose}`}
          relationship={relationship}
          promised={it}
          onGiven={onGiven}
        />
      ))}
    </>
  );
}

interface OwedProps {
  owed: readonly Promised[];
  vault: Vault | undefined;
  relationship: Relationship;
  onGiven: () => void;
}

function Owed({ owed, vault, relationship, onGiven }: OwedProps) {
  const [isAsked, setAsked] = useState(false);
  return (
    <div className="inline-form stack">
      <p>
        <strong>{giving.owed(formatList(owed.map((it) => it.label)))}</strong> {giving.owedWhy}
      </p>
      {vault ? (
        <Open owed={owed} vault={vault} relationship={relationship} onGiven={onGiven} />
      ) : isAsked ? (
        <Unlock onCancel={() => setAsked(false)} />
      ) : (
        <div className="acts">
          <Button small onPress={() => setAsked(true)}>
            {t.keeping.unlock}
          </Button>
        </div>
      )}
    </div>
  );
}

/** To whom it is locked is compared once for all of it. */
function Open({ owed, vault, relationship, onGiven }: OwedProps & { vault: Vault }) {
  const theirs = useTheirKey(vault, relationship.id);
  const given = async () => {
    await theirs.lookAgain();
    onGiven();
  };
  return (
    <>
      <Compare {...theirs.compare} />
      {owed.map((it) => (
        <OneOwed
          key={`${it.property} ${it.purpose}`}
          vault={vault}
          relationship={relationship}
          promised={it}
          theirs={theirs}
          onGiven={() => void given()}
        />
      ))}
    </>
  );
}

function OneOwed(props: {
  vault: Vault;
  relationship: Relationship;
  promised: Promised;
  theirs: ReturnType<typeof useTheirKey>;
  onGiven: () => void;
}) {
  const { vault, relationship, promised, onGiven } = props;
  const { said, lookAgain } = props.theirs;
  const { property, purpose, until, label } = promised;
  const listed = useAsk('list-items', { property, limit: 20 });
  const items = listed.data?.rows ?? [];
  const [chosen, choose] = useState<string>();
  const [times, setTimes] = useState<string>();
  const say = useSay();
  const give = useWork(async ({ id, version }: Item) => {
    const when = until === null ? {} : { until };
    const often = times === undefined ? {} : { times: Number(times) };
    const gift = { relationship: relationship.id, purpose, version, ...when, ...often, ...said };
    const given = await vault.give(id, gift);
    if (!given.ok) await lookAgain();
    return taken(given);
  });
  const item = items.find((it) => it.id === chosen) ?? items[0];
  const act = async () => {
    const given = item && (await give.run(item));
    if (!given) return;
    say({ text: giving.gaveHere(label, given.to) });
    onGiven();
  };
  if (listed.failure) return <Problem failure={listed.failure} again={listed.again} />;
  if (!item) return <p className="hint">{listed.data ? t.keeping.giveHereNothing : t.frame.loading}</p>;
  return (
    <div className="stack">
      {items.length > 1 ? (
        <Choices
          label={t.accept.shareWhich(label)}
          value={item.id}
          onChange={choose}
          choices={items.map((it) => ({ value: it.id, label: it.value, about: it.label }))}
        />
      ) : (
        <p className="disclosure-value">{item.value}</p>
      )}
      <p className="hint">
        {purpose}. {t.relationships.until} {until === null ? t.relationships.noEnd : formatDay(until)}.
      </p>
      <TimesField about={t.grants.timesHint} value={times} onChange={setTimes} />
      <Problem failure={give.failure} />
      <div className="acts">
        <Button
          kind="act"
          isBusy={give.isBusy}
          isOff={said === undefined || (times !== undefined && !isTimes(times))}
          onPress={() => void act()}
        >
          {giving.giveHereOf(label)}
        </Button>
      </div>
    </div>
  );
}
