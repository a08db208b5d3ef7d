import type { ReactNode } from 'react';

/** An empty place says what belongs here, why, and offers one act and one example. */
export function Empty(props: { title: string; text: string; example?: string; act?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.example ? <p className="words">{props.example}</p> : null}
      {props.act}
    </div>
  );
}
