import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Link, useLocation, useNavigationType } from 'react-router';
import { t } from '../i18n/index.ts';
import { type OtherSide, useOtherSide } from './frame/other-side.tsx';

/**
 * A page's title, its acts and the other side, if there is one. Coming from another page the title has the
 * focus, so that those who listen hear where they are.
 */
export function Page(props: {
  title: string;
  heading?: ReactNode;
  lead?: ReactNode;
  acts?: ReactNode;
  back?: { to: string; place: string };
  other?: OtherSide | undefined;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useOtherSide(props.other);
  useEffect(() => {
    document.title = t.frame.title(props.title);
  }, [props.title]);
  useArrival(heading);
  return (
    <div className="page">
      {props.back ? (
        <Link className="back" to={props.back.to}>
          {t.frame.back(props.back.place)}
        </Link>
      ) : null}
      <div className="page-title">
        <h1 ref={heading} tabIndex={-1}>
          {props.heading ?? props.title}
        </h1>
        {props.acts ? <div className="acts">{props.acts}</div> : null}
      </div>
      {props.lead ? <p className="page-lead">{props.lead}</p> : null}
      {props.children}
    </div>
  );
}

/**
 * Arriving from another page: its top comes into view, unless one goes back, and its title takes the focus, unless
 * something in the page has asked for it.
 */
function useArrival(heading: RefObject<HTMLHeadingElement | null>): void {
  const { key } = useLocation();
  const how = useNavigationType();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page appears
  useEffect(() => {
    if (key === 'default') return;
    if (how !== 'POP') window.scrollTo(0, 0);
    const main = heading.current?.closest('main');
    if (!main?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true });
  }, []);
}

export function Section(props: { title: string; side?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="section" id={props.id} aria-label={props.title}>
      <div className="section-head">
        <h2 tabIndex={props.id === undefined ? undefined : -1}>{props.title}</h2>
        {props.side}
      </div>
      {props.children}
    </section>
  );
}
