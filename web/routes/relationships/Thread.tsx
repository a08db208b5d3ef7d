import { useState } from 'react';
import { useAsk } from '../../api/queries.ts';
import type { Relationship } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { State, When } from '../../components/figures.tsx';
import { More } from '../../components/More.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Table } from '../../components/Table.tsx';
import { t } from '../../i18n/index.ts';
import { Compose } from './Compose.tsx';
import { type Entry, entriesOf } from './thread-entries.ts';

/** The relationship as a line in time: mine at the start side, theirs across it, and the same as a table. */
export function Thread({ relationship }: { relationship: Relationship }) {
  const [before, setBefore] = useState<number>();
  const page = before === undefined ? {} : { before };
  const older = useAsk(
    'get-relationship',
    { relationship: relationship.id, ...page },
    { off: before === undefined },
  );
  const messages = useAsk(
    'list-messages',
    { relationship: relationship.id, limit: 200, ...page },
    { keep: true },
  );
  const shown = before === undefined ? relationship : (older.data ?? relationship);
  const entries = entriesOf(shown, messages.data?.rows ?? []);
  return (
    <div className="stack" data-wide>
      <Problem failure={messages.failure ?? older.failure} again={messages.again} />
      <div className="thread-box">
        <div className="thread-heads" aria-hidden="true">
          <span>{t.relationships.mine}</span>
          <span>{relationship.with.name}</span>
        </div>
        {shown.earlier === undefined ? null : (
          <Button kind="line" onPress={() => setBefore(shown.earlier)}>
            {t.relationships.earlier}
          </Button>
        )}
        <ol className="thread bare">
          {entries.filter(isForPeople).map((entry) => (
            <ThreadEntry key={entry.record} entry={entry} />
          ))}
        </ol>
        {before === undefined ? null : (
          <Button kind="line" onPress={() => setBefore(undefined)}>
            {t.relationships.newest}
          </Button>
        )}
        {relationship.state === 'active' ? <Compose relationship={relationship} /> : null}
      </div>
      <More title={t.frame.asTable}>
        <EntryTable entries={entries} />
      </More>
    </div>
  );
}

/** What nodes say to each other stands in the table, and in the line only when it did not arrive. */
function isForPeople(entry: Entry): boolean {
  return !entry.isByItself || entry.hasFailed;
}

function ThreadEntry({ entry }: { entry: Entry }) {
  const who = entry.isMine ? t.relationships.mine : (entry.signedAs ?? t.relationships.theirs);
  return (
    <li
      className="thread-entry"
      data-side={entry.isMine ? 'mine' : 'theirs'}
      data-event={!entry.words || undefined}
    >
      <span className="hidden">{who}: </span>
      {entry.words ? (
        <p className="thread-words">{entry.words}</p>
      ) : (
        <p className="thread-event">{entry.what}</p>
      )}
      <p className="thread-foot sans soft">
        {entry.isMine || !entry.signedAs ? (
          <span className="thread-who" aria-hidden="true">
            {who}
          </span>
        ) : (
          <span aria-hidden="true">{entry.signedAs}</span>
        )}
        <When at={entry.at} />
        {entry.isMine ? (
          entry.hasFailed ? (
            <State mark="bad">{entry.state}</State>
          ) : (
            <span>{entry.state}</span>
          )
        ) : null}
      </p>
    </li>
  );
}

function EntryTable({ entries }: { entries: readonly Entry[] }) {
  return (
    <Table
      caption={t.relationships.thread}
      rows={entries}
      keyOf={(entry) => entry.record}
      columns={[
        { head: t.relationships.when, cell: (entry) => <When at={entry.at} /> },
        {
          head: t.relationships.who,
          cell: (entry) => (entry.isMine ? t.relationships.mine : (entry.signedAs ?? t.relationships.theirs)),
        },
        { head: t.relationships.kind, cell: (entry) => entry.what },
        { head: t.relationships.text, cell: (entry) => entry.words ?? null },
        { head: t.relationships.state, cell: (entry) => entry.state },
      ]}
    />
  );
}
