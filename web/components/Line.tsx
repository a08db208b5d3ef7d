import type { ReactNode } from 'react';

/** One line of a sheet: what it is about, and how to correct it. */
export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="line" aria-label={label}>
      <span className="label" aria-hidden="true">
        {label}
      </span>
      <div>{children}</div>
    </fieldset>
  );
}
