import { t } from '../../i18n/index.ts';

export interface Place {
  to: string;
  name: string;
}

/** The places of the program; on a phone the last four stand under More. */
export const MAIN: readonly Place[] = [
  { to: '/', name: t.frame.today },
  { to: '/wants', name: t.frame.wants },
  { to: '/relationships', name: t.frame.relationships },
  { to: '/data', name: t.frame.data },
  { to: '/terms', name: t.frame.terms },
  { to: '/desk', name: t.frame.desk },
];

export const MORE: readonly Place[] = [
  { to: '/market', name: t.frame.market },
  { to: '/settings', name: t.frame.settings },
  { to: '/leave', name: t.frame.leave },
];

export const BAR: readonly Place[] = MAIN.slice(0, 4);
export const UNDER_MORE: readonly Place[] = [...MAIN.slice(4), ...MORE];

/** Whether an address belongs to a place. */
export function isAt(place: Place, path: string): boolean {
  return place.to === '/' ? path === '/' : path === place.to || path.startsWith(`${place.to}/`);
}
