import { Button, LinkButton } from '../../components/Button.tsx';
import { type Mark, State } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { type Column, Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { lock } from '../../sealed/keeper.ts';
import { type Move, useMoves } from '../../sealed/moves.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useMove } from '../../sealed/use-move.ts';
import { useSealed } from '../../sealed/use-sealed.ts';
import { type Stands, standsOf } from './stands.ts';

/** Each kind of item, how it is kept, and what it means to keep it so. */
export default function Keeping() {
  const { shown, failure, again, vault, isLocked } = useSealed();
  const moves = useMoves();
  const rows = shown ? standsOf(shown, vault, moves) : [];
  const isMoving = rows.some((row) => row.move?.isRunning);
  return (
    <Page title={t.keeping.title} lead={t.keeping.lead} back={{ to: '/data', place: t.data.title }}>
      <Problem failure={failure} again={again} />
      <div className="stack" data-wide>
        {shown ? (
          <Table caption={t.keeping.title} columns={COLUMNS} rows={rows} keyOf={(row) => row.category} />
        ) : null}
        {isMoving ? <p className="hint">{t.keeping.stay}</p> : null}
        {isLocked ? (
          <Section title={t.keeping.unlockTitle}>
            <div className="stack">
              <p>{t.keeping.unlockToChange}</p>
              <Unlock />
            </div>
          </Section>
        ) : null}
        {vault ? (
          <div className="notice stack">
            <p>{t.keeping.unlocked}</p>
            <Button small onPress={() => lock()}>
              {t.keeping.lock}
            </Button>
          </div>
        ) : null}
      </div>
      <Means />
    </Page>
  );
}

const COLUMNS: readonly Column<Stands>[] = [
  { head: t.keeping.kind, isLead: true, cell: (row) => t.data.categories[row.category] },
  {
    head: t.keeping.items,
    isNamed: true,
    cell: (row) => <Count row={row} />,
  },
  { head: t.keeping.who, cell: (row) => <Who row={row} /> },
  { head: t.keeping.act, isAct: true, cell: (row) => <Acts row={row} /> },
];

function Count({ row }: { row: Stands }) {
  // What moves is counted beside its progress.
  if (row.move?.isRunning) return null;
  if (row.items === undefined) return <span className="soft">{t.keeping.sealedCount}</span>;
  return formatNumber(row.items);
}

const MARKS: Record<Stands['mode'], Mark> = {
  served: 'open',
  sealing: 'half',
  sealed: 'full',
  serving: 'half',
};

function Who({ row }: { row: Stands }) {
  const said = {
    served: t.keeping.node,
    sealed: t.keeping.devices,
    sealing: t.keeping.halfSealing(row.served),
    serving: t.keeping.halfServing,
  };
  if (row.move?.isRunning) return <Moving row={row} move={row.move} />;
  return <State mark={MARKS[row.mode]}>{said[row.mode]}</State>;
}

function Moving({ row, move }: { row: Stands; move: Move }) {
  const { done, total } = move;
  return (
    <span className="moving">
      <progress
        value={done}
        max={Math.max(total, 1)}
        aria-label={t.keeping.moving(t.keeping.kinds[row.category])}
      />{' '}
      <span role="status">{t.keeping.progress(done, total)}</span>
    </span>
  );
}

/** What happens to what is there: files are never sealed anew by themselves. */
function whatOf({ category, served, sealed }: Stands): { toDevices: string; toNode: string } {
  const isFile = category === 'file';
  return {
    toDevices: isFile && served > 0 ? t.files.sealWhat : t.keeping.toDevicesWhat(served),
    toNode: isFile && sealed !== 0 ? t.files.serveWhat : t.keeping.toNodeWhat(sealed ?? 0),
  };
}

/** What may be done with one kind now: nothing while it is locked, but begin. */
function Acts({ row }: { row: Stands }) {
  const move = useMove();
  const say = useSay();
  const kind = t.data.categories[row.category];
  const inSentence = t.keeping.kinds[row.category];
  const go = async (to: 'devices' | 'node') => {
    const moved = await move(row.category, to);
    if (moved !== undefined)
      say({ text: to === 'devices' ? t.keeping.nowDevices(inSentence) : t.keeping.nowNode(inSentence) });
  };
  if (row.mode === 'served' && !row.isBegun) {
    return (
      <LinkButton
        kind="line"
        to={`/data/keeping/begin?kind=${row.category}`}
        label={t.keeping.toDevicesOf(kind)}
      >
        {t.keeping.toDevices}
      </LinkButton>
    );
  }
  if (!row.isOpen) return null;
  if (row.move?.isRunning) {
    return (
      <Button kind="line" label={`${t.keeping.stop}: ${kind}`} onPress={row.move.stop}>
        {t.keeping.stop}
      </Button>
    );
  }
  const isHalf = row.mode === 'sealing' || row.mode === 'serving';
  return (
    <div className="stack">
      <Problem failure={row.move?.failure} />
      <div className="acts">
        {isHalf ? (
          <Button
            kind="line"
            label={t.keeping.goOnOf(kind)}
            onPress={() => void go(row.mode === 'sealing' ? 'devices' : 'node')}
          >
            {t.keeping.goOn}
          </Button>
        ) : null}
        {row.mode === 'served' || row.mode === 'serving' ? (
          <TwoSteps
            kind="line"
            act={t.keeping.toDevices}
            label={t.keeping.toDevicesOf(kind)}
            ask={t.keeping.toDevicesAsk(inSentence)}
            what={whatOf(row).toDevices}
            now={t.keeping.toDevices}
            keep={t.frame.cancel}
            onDo={() => void go('devices')}
          />
        ) : (
          <TwoSteps
            kind="line"
            act={t.keeping.toNode}
            label={t.keeping.toNodeOf(kind)}
            ask={t.keeping.toNodeAsk(inSentence)}
            what={whatOf(row).toNode}
            now={t.keeping.toNode}
            keep={t.frame.cancel}
            onDo={() => void go('node')}
          />
        )}
      </div>
    </div>
  );
}

function Means() {
  return (
    <Section title={t.keeping.means}>
      <div className="sides">
        <div className="side">
          <h3>{t.keeping.devices}</h3>
          <Sentences of={t.keeping.devicesMeans} />
        </div>
        <div className="side">
          <h3>{t.keeping.node}</h3>
          <Sentences of={t.keeping.nodeMeans} />
        </div>
      </div>
      <p className="notice apart">{t.keeping.script}</p>
    </Section>
  );
}

function Sentences({ of }: { of: readonly string[] }) {
  return (
    <ul className="measured">
      {of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
