import { type ReactNode, useState } from 'react';
import { failureOf } from '../api/failure.ts';
import type { Account, Progress } from '../api/many.ts';
import type { Listed } from '../api/queries.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { Problem } from './Problem.tsx';
import { type Ticks, TicksProvider } from './ticks.tsx';

interface TickBarProps {
  ticks: Ticks;
  listed: Listed<unknown>;
  shown: readonly string[];
  acts: ReactNode;
  all: () => Promise<string[]>;
}

/** How many rows are ticked, what can be done with them, and a way to let them go; it stays in sight. */
export function TickBar(props: TickBarProps) {
  const { ticks, shown } = props;
  const { account, problem } = ticks;
  const hasLine = shown.length > 0 || ticks.ids.size > 0;
  if (!hasLine && !account && !problem) return null;
  return (
    <fieldset className="ticks" aria-label={t.ticks.name} data-any={ticks.ids.size > 0 || undefined}>
      {hasLine ? <TicksLine {...props} /> : null}
      <AllThatFit {...props} />
      <Problem failure={problem} />
      {account ? <NotDone account={account} forget={() => ticks.tell(undefined)} /> : null}
    </fieldset>
  );
}

function TicksLine({ ticks, shown, acts }: TickBarProps) {
  const count = ticks.ids.size;
  const here = hereOf(ticks, shown);
  const isAll = here > 0 && here === shown.length;
  const toggleShown = () => {
    const rest = new Set(ticks.ids);
    for (const id of shown) isAll ? rest.delete(id) : rest.add(id);
    ticks.set(rest);
  };
  return (
    <div className="ticks-line">
      <label className="ticks-all">
        <input
          type="checkbox"
          className="tick-box"
          checked={isAll}
          ref={(box) => {
            if (box) box.indeterminate = here > 0 && !isAll;
          }}
          onChange={toggleShown}
        />
        <span>{t.ticks.shown(shown.length)}</span>
      </label>
      <p role="status">{count === 0 ? '' : t.ticks.count(count, count - here)}</p>
      {count > 0 ? (
        <TicksProvider ticks={ticks}>
          {ticks.progress ? null : (
            <Button kind="line" onPress={() => ticks.set([])}>
              {t.ticks.letGo}
            </Button>
          )}
          <div className="acts">{ticks.progress ? <Working progress={ticks.progress} /> : acts}</div>
        </TicksProvider>
      ) : null}
    </div>
  );
}

function hereOf(ticks: Ticks, shown: readonly string[]): number {
  return shown.filter((id) => ticks.ids.has(id)).length;
}

/** The page is ticked; whoever means all of them says so. */
function AllThatFit({ ticks, listed, shown, all }: TickBarProps) {
  const [isBusy, setBusy] = useState(false);
  const { total } = listed;
  const isPage = shown.length > 0 && hereOf(ticks, shown) === shown.length && !ticks.progress;
  if (!isPage || total === undefined || total <= shown.length || ticks.ids.size >= total) return null;
  const tickAll = async () => {
    setBusy(true);
    try {
      ticks.set(await all());
    } catch (error) {
      ticks.setProblem(failureOf(error));
    }
    setBusy(false);
  };
  return (
    <p className="ticks-more">
      {t.ticks.allShown(shown.length)}{' '}
      <Button kind="line" isBusy={isBusy} onPress={() => void tickAll()}>
        {t.ticks.all(total)}
      </Button>
    </p>
  );
}

/** How far it has come, and the way to stop; a thousand rows or fewer are done before anybody could read it. */
function Working({ progress }: { progress: Progress }) {
  return (
    <>
      <progress value={progress.done} max={progress.of} aria-label={t.ticks.working} />
      <span>{t.ticks.progress(progress.done, progress.of)}</span>
      <Button kind="line" onPress={progress.stop}>
        {t.ticks.stop}
      </Button>
    </>
  );
}

/** What was not done, and why: the reasons, each with how many it holds for. */
function NotDone({ account, forget }: { account: Account; forget: () => void }) {
  const reasons = Map.groupBy(account.not, (it) => `${it.message} ${it.next}`);
  return (
    <div className="problem" role="alert">
      <p>
        <b>{t.ticks.not(account.done.length, account.not.length)}</b>
      </p>
      <ul className="bare">
        {[...reasons].map(([why, rows]) => (
          <li key={why}>{t.ticks.why(rows.length, why)}</li>
        ))}
      </ul>
      <Button kind="line" onPress={forget}>
        {t.frame.dismiss}
      </Button>
    </div>
  );
}
