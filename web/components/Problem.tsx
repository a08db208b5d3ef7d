import { createContext, useContext } from 'react';
import type { Failure } from '../api/failure.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';

const Wrongs = createContext<Readonly<Record<string, string>>>({});
export const WrongsProvider = Wrongs.Provider;

/** What the last answer says about one input, by its path. */
export function useWrong(name: string | undefined): string | undefined {
  const wrongs = useContext(Wrongs);
  return name === undefined ? undefined : wrongs[name];
}

/** What happened, what was kept, and what to do. */
export function Problem({ failure, again }: { failure: Failure | undefined; again?: () => void }) {
  if (!failure) return null;
  return (
    <div className="problem" role="alert" data-code={failure.code}>
      <p>
        <b>{failure.message}</b> {failure.next}
      </p>
      {again ? (
        <Button kind="line" onPress={again}>
          {t.frame.tryAgain}
        </Button>
      ) : null}
    </div>
  );
}
