import type { ReactNode } from 'react';
import { type Extra, type ManyName, useActOnMany } from '../api/many.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { useSay } from './Toasts.tsx';
import { TwoSteps } from './TwoSteps.tsx';
import { useTicked } from './ticks.tsx';

/**
 * One act on all that is ticked. What it was done to is said, with an undo where there is one; what it was not done to
 * stays ticked, and the bar says why.
 */
export function useActOnTicked(
  name: ManyName,
  words: { done: (count: number) => string; undo?: ManyName | undefined },
): (extra: Extra) => Promise<void> {
  const ticks = useTicked();
  const back = useActOnMany();
  const say = useSay();
  return async (extra) => {
    ticks.tell(undefined);
    ticks.setProblem(undefined);
    const ids = [...ticks.ids];
    const account = await ticks.act(name, extra, ids);
    const { done, not, failure } = account;
    const gone = new Set(done);
    ticks.set(ids.filter((id) => !gone.has(id)));
    ticks.setProblem(failure);
    if (not.length > 0) ticks.tell(account);
    const { undo } = words;
    if (done.length === 0) return;
    if (!undo) return say({ text: words.done(done.length) });
    const undoIt = async () => {
      const undone = await back.run(undo, extra, done);
      return undone.not.length === 0 && !undone.failure ? undone : undefined;
    };
    say({ text: words.done(done.length), undo: undoIt });
  };
}

/** A button in the bar; `ask` makes it two steps, where nothing brings back what is done. */
export function ActOnTicked(props: {
  name: ManyName;
  act: string;
  done: (count: number) => string;
  undo?: ManyName;
  ask?: (count: number) => string;
  what?: ReactNode;
}) {
  const { ids } = useTicked();
  const act = useActOnTicked(props.name, { done: props.done, undo: props.undo });
  const run = () => void act({});
  if (!props.ask) {
    return (
      <Button small onPress={run}>
        {props.act}
      </Button>
    );
  }
  return (
    <TwoSteps
      small
      act={props.act}
      ask={props.ask(ids.size)}
      what={props.what}
      now={props.act}
      keep={t.frame.cancel}
      onDo={run}
    />
  );
}
