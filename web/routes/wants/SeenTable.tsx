import type { CastChoice } from '../../api/shapes.ts';
import { t } from '../../i18n/index.ts';

/** What I wrote beside what the market sees, line by line across the fold. */
export function SeenTable({ lines }: { lines: CastChoice['lines'] }) {
  return (
    <table className="ledger seen" data-sides>
      <caption className="hidden">{t.wants.step3}</caption>
      <colgroup>
        <col className="seen-label" />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t.wants.field}</th>
          <th scope="col" className="mine fold">
            {t.wants.wrote}
          </th>
          <th scope="col" className="theirs">
            {t.wants.sees}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.label}>
            <th scope="row" className="soft">
              {line.label}
            </th>
            <td className="mine fold">{line.mine === '' ? '—' : line.mine}</td>
            <td
              className="theirs"
              data-nothing={line.market === '' || line.market === t.wants.nothing || undefined}
            >
              {line.market === '' ? t.wants.nothing : line.market}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
