import { useAsk } from '../../api/queries.ts';
import type { RosterEntry } from '../../api/shapes.ts';
import { More } from '../../components/More.tsx';
import { t } from '../../i18n/index.ts';

/** Terms by their identifier: plain lines, then the text; in short, both behind one word. */
export function TermsText({ id, isShort }: { id: string; isShort?: boolean }) {
  const roster = useAsk('list-roster', {}).data;
  const entry = roster?.rows.find((one) => one.id === id);
  if (!entry) return <p>{id}</p>;
  const whole = (
    <div className="stack">
      <PlainLines entry={entry} />
      <LegalText entry={entry} />
      <p className="hint">{roster?.notice}</p>
    </div>
  );
  return (
    <div className="stack">
      <h3>
        {entry.name} <span className="soft">{entry.id}</span>
      </h3>
      {isShort ? <More title={t.terms.readDetail}>{whole}</More> : whole}
    </div>
  );
}

export function PlainLines({ entry }: { entry: RosterEntry }) {
  return (
    <ul className="bare plain-lines">
      {entry.plain.map((line) => (
        <li key={line.line} data-effect={line.effect}>
          <span className="sans">{t.terms[line.effect]}</span>
          <span>{line.line}</span>
        </li>
      ))}
    </ul>
  );
}

export function LegalText({ entry }: { entry: RosterEntry }) {
  return (
    <div className="legal">
      {entry.text.split(/\n\s*\n/).map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </div>
  );
}
