import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { Vault } from '../../../device/index.ts';
import { ask } from '../../api/client.ts';
import { useDraft } from '../../api/drafts.tsx';
import type { Item, Relationship } from '../../api/shapes.ts';
import { useWork } from '../../api/work.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { civilToday, endOfDay } from '../../components/now.ts';
import { isTimes, TimesField } from '../../components/TimesField.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatList } from '../../i18n/format.ts';
import { giving } from '../../i18n/giving.ts';
import { t } from '../../i18n/index.ts';
import { taken } from '../../sealed/results.ts';
import { ToRecovery } from '../devices/ToRecovery.tsx';
import { Compare, useTheirKey } from './CompareCode.tsx';
import { useGiven } from './given.ts';

interface Props {
  relationship: Relationship;
  item: Item;
  /** Open here, and the item is one of it; else the node gives it. */
  vault: Vault | undefined;
}

interface Terms {
  purpose: string;
  lastDay: string;
  times: string | undefined;
  follows: boolean;
}
const NONE: Terms = { purpose: '', lastDay: '', times: undefined, follows: false };

/** On which terms it is given, and to whom it is locked. */
export function GiveOne({ relationship, item, vault }: Props) {
  const { value: terms, set, clear } = useDraft(`give-${relationship.id}-${item.id}`, NONE);
  const theirs = useTheirKey(vault, relationship.id);
  const give = useGive({ relationship, item, vault }, terms, theirs, clear);
  const path = (name: string): string => (vault ? name : `items.0.${name}`);
  const isSaid = terms.purpose.trim() !== '' && (terms.times === undefined || isTimes(terms.times));
  return (
    <div className="stack">
      <p className="disclosure-value">{item.value}</p>
      <Already relationship={relationship.id} item={item} />
      <Form
        failure={give.failure}
        onSubmit={() => void give.run()}
        acts={
          <Button
            kind="act"
            type="submit"
            isBusy={give.isBusy}
            isOff={!isSaid || (vault !== undefined && theirs.said === undefined)}
          >
            {vault ? giving.giveHereOf(item.label) : giving.giveServed(item.label)}
          </Button>
        }
      >
        <TextField
          name={path('purpose')}
          label={giving.forWhat}
          hint={giving.forWhatHint}
          value={terms.purpose}
          onChange={(purpose) => set({ purpose })}
        />
        <TextField
          name={path('until')}
          type="date"
          label={`${giving.lastDay} (${t.frame.optional})`}
          hint={giving.lastDayHint}
          min={civilToday()}
          value={terms.lastDay}
          onChange={(lastDay) => set({ lastDay })}
        />
        <TimesField
          name={path('times')}
          about={t.grants.timesHint}
          value={terms.times}
          onChange={(times) => set({ times })}
        />
        {vault ? (
          <>
            <p className="hint">{giving.owedWhy}</p>
            <Compare {...theirs.compare} />
          </>
        ) : (
          <Check
            label={t.grants.followsAsk}
            about={t.grants.followsHint}
            value={terms.follows}
            onChange={(follows) => set({ follows })}
          />
        )}
      </Form>
      <ToRecovery failure={give.failure} />
    </div>
  );
}

/** Nothing is given twice unawares. */
function Already({ relationship, item }: { relationship: string; item: Item }) {
  const rows = useGiven(relationship, { properties: [item.property], items: [item.id] }) ?? [];
  // Of what a device gave it is not said here which item it was.
  const isIt = (row: (typeof rows)[number]): boolean =>
    row.item === undefined ? row.property === item.property : row.item === item.id;
  const seen = rows.filter((row) => isIt(row) && ['planned', 'active'].includes(row.state));
  if (seen.length === 0) return null;
  const purposes = [...new Set(seen.map((row) => row.purpose))];
  return <p className="hint">{giving.already(seen[0]?.label ?? item.label, formatList(purposes))}</p>;
}

function useGive(
  { relationship: { id: relationship, with: other }, item, vault }: Props,
  { purpose, lastDay, times, follows }: Terms,
  { said, lookAgain }: ReturnType<typeof useTheirKey>,
  onGiven: () => void,
) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useSay();
  return useWork(async () => {
    const when = lastDay === '' ? {} : { until: endOfDay(lastDay) };
    const terms = { purpose: purpose.trim(), ...when, ...(times !== undefined && { times: Number(times) }) };
    const text = await (vault ? fromDevice(vault) : byNode());
    onGiven();
    say({ text });
    await client.invalidateQueries();
    navigate(`/relationships/${relationship}`);

    async function fromDevice(open: Vault): Promise<string> {
      const gift = { relationship, version: item.version, ...terms, ...said };
      const given = await open.give(item.id, gift);
      if (!given.ok) await lookAgain();
      const { label, to } = taken(given);
      return giving.gaveHere(label, to);
    }
    async function byNode(): Promise<string> {
      const items = [{ item: item.id, follows, ...terms }];
      const { records } = await ask('share-items', { relationship, items });
      return records.length > 0 ? giving.gaveServed(item.label, other.name) : giving.waitsServed(item.label);
    }
  });
}
