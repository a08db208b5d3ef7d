import { createContext, useContext } from 'react';
import type { Failure } from '../api/failure.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';

const Wrongs = createContext<Readonly<Record<string, string>>>({});
export const WrongsProvider = Wrongs.Provider;

/** What the last answer says about one input, by its path. */
export function useWrong(name: string | undefined): string | undefined {
  const wrongs = useContext(Wrongs);
  const path = Object.keys(wrongs).find((it) => name !== undefined && isOf(it, name));
  return path && wrongs[path];
}

/** Whether a path is of an input, or of a part of it. */
export function isOf(path: string, name: string): boolean {
  return `${path}.`.startsWith(`${name}.`);
}

/** What happened, what was kept, and what to do. */
export function Problem(props: {
  failure: Failure | undefined;
  again?: () => void;
  /** What it says of inputs and stands beside none of them; else of all of them. */
  more?: readonly string[];
}) {
  const { failure, again } = props;
  if (!failure) return null;
  const more = props.more ?? (failure.code === 'input-invalid' ? Object.values(failure.fields ?? {}) : []);
  return (
    <div className="problem" role="alert" data-code={failure.code}>
      <p>
        <b>{failure.message}</b> {[...new Set([...more, failure.next])].join(' ')}
      </p>
      {again ? (
        <Button kind="line" onPress={again}>
          {t.frame.tryAgain}
        </Button>
      ) : null}
    </div>
  );
}
