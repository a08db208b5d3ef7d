import type { ReactNode } from 'react';

type Fact = readonly [label: string, value: ReactNode];

/** Labels and values, line by line; a fact without a value is left out by its caller, never shown as empty. */
export function Facts({ facts, isAcross }: { facts: readonly (Fact | undefined)[]; isAcross?: boolean }) {
  return (
    <dl className="facts" data-across={isAcross || undefined}>
      {facts.map((fact) =>
        fact ? (
          <div key={fact[0]}>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
