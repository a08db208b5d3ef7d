import { Link } from 'react-router';
import type { Today } from '../../api/shapes.ts';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

/** The figures of the day, each a way to its list. */
export function Stands({ today }: { today: Today }) {
  const { wants, relationships, promises, shared, stuck } = today;
  const lines: readonly (readonly [string, number, string])[] = [
    [t.today.openWants, wants.open, '/wants?state=open'],
    [t.today.heldWants, wants.held, '/wants?state=held'],
    [t.today.active, relationships.active, '/relationships?state=active'],
    [t.today.unread, relationships.unread, '/relationships'],
    [t.today.mineOpen, promises.mineOpen, '/relationships'],
    [t.today.toConfirm, promises.toConfirm, '/relationships'],
    [t.today.sharing, shared, '/relationships/sharing'],
    [t.today.stuck, stuck, '/deliveries'],
  ];
  return (
    <ul className="bare stands">
      {lines.map(([what, count, to]) => (
        <li key={what}>
          <Link to={to}>
            <span>{what}</span>
            <span className="figure">{formatNumber(count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
