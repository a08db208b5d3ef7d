import type { SharingRow } from '../../api/shapes.ts';
import { State } from '../../components/figures.tsx';
import { formatDay } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { sharing } from '../../i18n/sharing.ts';

const PARTIES_SHOWN = 8;

/** Items down, parties across, for as many as fit; the list below it has them all. */
export function SharingGrid({ rows, isSearched }: { rows: readonly SharingRow[]; isSearched: boolean }) {
  const labels = [...new Set(rows.map((row) => row.label))];
  const all = [...new Map(rows.map((row) => [row.relationship, row.with])).entries()];
  const parties = all.slice(0, PARTIES_SHOWN);
  return (
    <>
      <Grid labels={labels} parties={parties} rows={rows} isSearched={isSearched} />
      {isSearched ? <p className="hint grid-part">{sharing.gridSearched}</p> : null}
      {all.length > parties.length ? (
        <p className="hint grid-part">{sharing.gridPart(parties.length)}</p>
      ) : null}
    </>
  );
}

function Grid(props: {
  labels: readonly string[];
  parties: readonly (readonly [id: string, name: string])[];
  rows: readonly SharingRow[];
  isSearched: boolean;
}) {
  const { labels, parties, rows, isSearched } = props;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section className="scroll" aria-label={sharing.grid} tabIndex={0}>
      <table className="ledger grid">
        <caption className="hidden">{sharing.grid}</caption>
        <thead>
          <tr>
            <th scope="col" className="fold">
              {sharing.item}
            </th>
            {parties.map(([id, name]) => (
              <th key={id} scope="col" className="theirs">
                <span className="with clip">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label) => (
            <tr key={label}>
              <th scope="row" className="lead fold">
                <span className="with">{label}</span>
              </th>
              {parties.map(([id]) => (
                <td key={id} className="theirs">
                  <Seen
                    rows={rows.filter((row) => row.label === label && row.relationship === id)}
                    none={isSearched ? sharing.notSearched : sharing.notSeen}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Given more than once, for whatever purposes: it is seen until the last of them ends. */
function Seen({ rows, none }: { rows: readonly SharingRow[]; none: string }) {
  if (rows.length === 0) return <span className="soft">{none}</span>;
  const last = Math.max(...rows.map((row) => row.until ?? Number.POSITIVE_INFINITY));
  const until = Number.isFinite(last) ? sharing.seesIt(formatDay(last)) : t.relationships.noEnd;
  return <State mark="full">{until}</State>;
}
