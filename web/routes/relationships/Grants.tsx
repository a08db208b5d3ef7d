import { useRef, useState } from 'react';
import { type Listed, useRows } from '../../api/queries.ts';
import type { Grant, Relationship } from '../../api/shapes.ts';
import { State, When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { RowsFoot } from '../../components/Rows.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { sharing } from '../../i18n/sharing.ts';
import { Deletion, Openings } from './GrantUses.tsx';
import { OpenGrant } from './OpenGrant.tsx';
import { SaveConsent } from './SaveConsent.tsx';
import { StateDeletion } from './StateDeletion.tsx';
import { StopSharing } from './StopSharing.tsx';

interface Side {
  relationship: Relationship;
  side: 'mine' | 'theirs';
}

/** What one side sees now, and folded away what it saw. */
export function GrantsOf({ listed, over, ...of }: Side & { listed: Listed<Grant>; over: number }) {
  return (
    <>
      <Grants listed={listed} relationship={of.relationship} />
      {over > 0 ? <Over {...of} count={over} /> : null}
    </>
  );
}

/** Asked for when somebody unfolds it. */
function Over({ relationship, side, count }: Side & { count: number }) {
  const [isOpen, setOpen] = useState(false);
  const title = side === 'mine' ? sharing.overMine : sharing.overTheirs;
  return (
    <details className="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{`${title} (${count.toLocaleString('en-GB')})`}</summary>
      <div className="more-body">{isOpen ? <OverList relationship={relationship} side={side} /> : null}</div>
    </details>
  );
}

function OverList({ relationship, side }: Side) {
  const listed = useRows('list-grants', { relationship: relationship.id, side, state: 'over' });
  return (
    <>
      <Problem failure={listed.failure} again={listed.again} />
      {listed.isLoading ? <p className="hint">{t.frame.loading}</p> : null}
      <Grants listed={listed} relationship={relationship} />
    </>
  );
}

/** What one side gives in a relationship, a page at a time. */
function Grants({ listed, relationship }: { listed: Listed<Grant>; relationship: Relationship }) {
  const top = useRef<HTMLDivElement>(null);
  const { before, isMore } = listed;
  const { rows, hold } = useHeld(listed.rows);
  if (listed.isLoading || (listed.failure && rows.length === 0)) return null;
  return (
    <div ref={top}>
      {rows.length === 0 ? (
        <p className="soft">{t.relationships.sharedNothing}</p>
      ) : (
        <GrantList rows={rows} relationship={relationship} hold={hold} />
      )}
      {before > 0 || isMore ? <RowsFoot listed={listed} top={top} /> : null}
    </div>
  );
}

type Hold = (id: string, as: Grant | undefined, at: number) => void;

/** What is open on the page stays in its place there when its list has it no more. */
function useHeld(listed: readonly Grant[]): { rows: readonly Grant[]; hold: Hold } {
  const [held, setHeld] = useState<readonly { grant: Grant; at: number }[]>([]);
  const hold: Hold = (id, as, at) =>
    setHeld((all) => {
      const others = all.filter(({ grant }) => grant.id !== id);
      return as ? [...others, { grant: as, at }] : others;
    });
  const rows = held.reduce<readonly Grant[]>(
    (all, { grant, at }) => (all.some(({ id }) => id === grant.id) ? all : all.toSpliced(at, 0, grant)),
    listed,
  );
  return { rows, hold };
}

function GrantList(props: { rows: readonly Grant[]; relationship: Relationship; hold: Hold }) {
  const { rows, relationship, hold } = props;
  return (
    <ul className="bare grants">
      {rows.map((row, at) => (
        <li key={row.id}>
          <p>
            <span className="label">{row.label}</span>
            {row.value === undefined ? null : <span className="grant-value">{row.value}</span>}
          </p>
          {row.isMine ? null : <OpenGrant grant={row} hold={(as) => hold(row.id, as, at)} />}
          <GrantFoot row={row} />
          <div className="grant-acts">
            {row.isMine && isOpen(row, relationship) ? (
              <StopSharing grant={row} name={relationship.with.name} />
            ) : null}
            <SaveConsent grant={row} name={relationship.with.name} />
          </div>
          {!row.isMine && row.state === 'stopped' ? <StateDeletion grant={row} /> : null}
        </li>
      ))}
    </ul>
  );
}

/** What can still be stopped: what they see, and what waits to go out once both have signed. */
function isOpen({ state }: Grant, relationship: Relationship): boolean {
  return state === 'active' || (state === 'planned' && relationship.state !== 'asked');
}

/** What it is for and until when, how it stands, and what is known of its use. */
function GrantFoot({ row }: { row: Grant }) {
  const follows = row.isMine ? t.grants.follows : t.grants.followsTheirs;
  return (
    <p className="sans soft grant-foot">
      <span>{row.purpose}</span>
      {row.follows ? <span>{follows}</span> : null}
      <span>
        {t.relationships.until} {row.until === undefined ? t.relationships.noEnd : formatDay(row.until)}
      </span>
      <GrantState row={row} />
      {row.isReadable ? <span>{t.grants.readable}</span> : null}
      {row.since === undefined ? null : (
        <span>
          {row.isMine ? t.grants.openedByThem : t.grants.openedByYou}: <Openings grant={row} />
        </span>
      )}
      {row.since === undefined ? null : (
        <span>
          <Deletion grant={row} />
        </span>
      )}
    </p>
  );
}

function GrantState({ row }: { row: Grant }) {
  if (row.state === 'planned') return <State mark="open">{t.relationships.grantStates.planned}</State>;
  if (row.state === 'stopped' && row.stoppedAt !== undefined) {
    return (
      <State mark="bar">
        {row.stoppedBy === 'count' ? t.grants.usedUp : t.relationships.stoppedAt} <When at={row.stoppedAt} />
      </State>
    );
  }
  if (row.state === 'active' && row.since !== undefined) {
    return (
      <State mark="full">
        {t.relationships.grantStates.active} <When at={row.since} />
      </State>
    );
  }
  return <State mark="bar">{t.relationships.grantStates[row.state]}</State>;
}
