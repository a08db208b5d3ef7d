import { type ReactNode, useEffect } from 'react';
import { Link } from 'react-router';
import { t } from '../../i18n/index.ts';

/** The plain frame of the pages before anybody is signed in. */
export function Entry(props: { title: string; lead?: string; children: ReactNode; beside?: ReactNode }) {
  useEffect(() => {
    document.title = t.frame.title(props.title);
  }, [props.title]);
  return (
    <div className="entry">
      <header className="entry-head">
        <Link className="wordmark" to="/">
          {t.frame.name}
        </Link>
      </header>
      <main className="entry-page">
        <div className="entry-title">
          <h1>{props.title}</h1>
          {props.lead ? <p>{props.lead}</p> : null}
        </div>
        <div className={props.beside ? 'two' : undefined}>
          <div>{props.children}</div>
          {props.beside}
        </div>
      </main>
    </div>
  );
}
