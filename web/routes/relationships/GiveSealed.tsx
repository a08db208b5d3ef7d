import { useEffect, useState } from 'react';
import type { Vault } from '../../../device/index.ts';
import { useAsk } from '../../api/queries.ts';
import type { Grant, Relationship } from '../../api/shapes.ts';
import { useWork } from '../../api/work.ts';
import { Button } from '../../components/Button.tsx';
import { Choices } from '../../components/Choices.tsx';
import { Problem } from '../../components/Problem.tsx';
import { isTimes, TimesField } from '../../components/TimesField.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDay, formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { taken } from '../../sealed/results.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useSealed } from '../../sealed/use-sealed.ts';

interface Promised {
  property: string;
  purpose: string;
  until: number | null;
}

interface Props {
  relationship: Relationship;
  rows: readonly Grant[];
  onGiven: () => void;
}

/** What I have promised and only my devices can read: this one locks it for them, and the node passes it on. */
export function GiveSealed({ relationship, rows, onGiven }: Props) {
  const { closed, vault } = useSealed();
  const isOff = closed.length === 0;
  const agreement = useAsk('get-agreement', { relationship: relationship.id }, { off: isOff }).data;
  const known = useAsk('list-properties', {}, { off: isOff }).data?.rows ?? [];
  const [isAsked, setAsked] = useState(false);
  const isMine = relationship.side === 'buyer';
  const isGiven = (property: string) => rows.some((row) => row.isMine && row.property === property);
  const owed = (agreement?.gives ?? []).flatMap((it) => {
    const entry = known.find((one) => one.property === it.property);
    const isOwed = entry !== undefined && closed.includes(entry.category) && !isGiven(it.property);
    return isOwed ? [{ ...it, label: entry.label }] : [];
  });
  if (!isMine || owed.length === 0 || relationship.state !== 'active') return null;
  return (
    <div className="inline-form stack">
      <p>
        <strong>{t.keeping.owed(formatList(owed.map((it) => it.label)))}</strong> {t.keeping.owedWhy}
      </p>
      {vault ? (
        owed.map((it) => (
          <OneOwed
            key={it.property}
            vault={vault}
            relationship={relationship}
            promised={it}
            onGiven={onGiven}
          />
        ))
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

function OneOwed(props: {
  vault: Vault;
  relationship: Relationship;
  promised: Promised & { label: string };
  onGiven: () => void;
}) {
  const { vault, relationship, promised, onGiven } = props;
  const { property, purpose, until, label } = promised;
  const { name } = relationship.with;
  const items = useAsk('list-items', { property, limit: 20 }).data?.rows ?? [];
  const [chosen, choose] = useState<string>();
  const [times, setTimes] = useState<string>();
  const say = useSay();
  const key = useWork(async () => taken(await vault.theirKey(relationship.id)));
  const [code, setCode] = useState<{ code: string; isKnown: boolean }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked up once for each vault that is opened
  useEffect(() => void key.run().then((it) => it && setCode(it)), [vault, relationship.id]);
  const give = useWork(async (item: string) => {
    const when = until === null ? {} : { until };
    const often = times === undefined ? {} : { times: Number(times) };
    const compared = code ? { code: code.code } : {};
    const gift = { relationship: relationship.id, purpose, ...when, ...often, ...compared };
    return taken(await vault.give(item, gift));
  });
  const item = items.find((it) => it.id === chosen) ?? items[0];
  const act = async () => {
    if (!item || !(await give.run(item.id))) return;
    say({ text: t.keeping.gaveHere(label, name) });
    onGiven();
  };
  if (!item) return <p className="hint">{t.keeping.giveHereNothing}</p>;
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
      {code ? (
        <p>
          {code.isKnown ? t.keeping.codeKnown(name) : t.keeping.codeCompare(name)} <code>{code.code}</code>
        </p>
      ) : null}
      <Problem failure={key.failure ?? give.failure} />
      <div className="acts">
        <Button
          kind="act"
          isBusy={give.isBusy}
          isOff={code === undefined || (times !== undefined && !isTimes(times))}
          onPress={() => void act()}
        >
          {t.keeping.giveHereOf(label)}
        </Button>
      </div>
    </div>
  );
}
