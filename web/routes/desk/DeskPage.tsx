import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useAsk } from '../../api/queries.ts';
import { Named } from '../../components/figures.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';
import { OpenStorefront } from './OpenStorefront.tsx';

const PARTS = [
  ['/desk', t.desk.listings],
  ['/desk/casts', t.desk.casts],
  ['/desk/agreements', t.desk.agreements],
] as const;

/** The frame of the desk's pages; before there is a storefront, the way to open one. */
export function DeskPage({
  title,
  acts,
  children,
}: {
  title: string;
  acts?: ReactNode;
  children: ReactNode;
}) {
  const storefronts = useAsk('list-storefronts', {});
  const { pathname } = useLocation();
  const own = storefronts.data?.rows ?? [];
  if (storefronts.data && own.length === 0) {
    return (
      <Page title={t.desk.title} lead={t.desk.lead}>
        <OpenStorefront />
      </Page>
    );
  }
  return (
    <Page title={title} heading={t.desk.title} lead={t.desk.lead} acts={acts}>
      <Problem failure={storefronts.failure} again={storefronts.again} />
      <nav className="parts" aria-label={t.desk.title}>
        {PARTS.map(([to, name]) => (
          <Link key={to} to={to} aria-current={pathname === to ? 'page' : undefined}>
            {name}
          </Link>
        ))}
        <span className="parts-side soft">
          {own.map((storefront) => (
            <span key={storefront.id}>
              {storefront.name}, <Named who={storefront.market} />
            </span>
          ))}
        </span>
      </nav>
      {children}
    </Page>
  );
}
