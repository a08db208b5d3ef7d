import type { ReactNode } from 'react';

/** Detail that most people do not need at first: the browser's own disclosure, which find-in-page opens too. */
export function More(props: { title: ReactNode; children: ReactNode; isOpen?: boolean }) {
  return (
    <details className="more" open={props.isOpen}>
      <summary>{props.title}</summary>
      <div className="more-body">{props.children}</div>
    </details>
  );
}
