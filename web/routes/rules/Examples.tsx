import { useAct } from '../../api/queries.ts';
import type { RuleDraft } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { RuleSentences } from './Rules.tsx';
import type { LabelOf } from './say.ts';

const property = (value: string) => ({ kind: 'property' as const, value });
const once = { howOften: 'once', alsoUnasked: false } as const;

/** Two rules to begin with: one small and safe, one that grows. */
const EXAMPLES: readonly RuleDraft[] = [
  {
    ...t.rules.examples.fit,
    whom: { kind: 'market-vendors', relationships: [] },
    steps: [
      {
        ...once,
        when: { kind: 'agreed', atLeast: 1, of: 'relationship' },
        gives: [{ kind: 'category', value: 'size' }],
        untilDays: 90,
      },
    ],
  },
  {
    ...t.rules.examples.trust,
    whom: { kind: 'everybody', relationships: [] },
    steps: [
      {
        ...once,
        when: { kind: 'agreed', atLeast: 1, of: 'relationship' },
        gives: [property('schema:addressLocality'), property('own:contact-hours')],
      },
      {
        ...once,
        when: { kind: 'kept-promises', atLeast: 2, of: 'shop' },
        gives: [property('schema:address'), property('schema:telephone')],
        untilDays: 365,
      },
      {
        ...once,
        when: { kind: 'i-say-so', atLeast: 1, of: 'relationship' },
        gives: [{ kind: 'category', value: 'contact' }],
        untilDays: 365,
      },
    ],
  },
];

/** An empty place with two good examples, each taken over with one press. */
export function Examples({ labelOf }: { labelOf: LabelOf }) {
  const put = useAct('put-rule');
  const say = useSay();
  const take = async (rule: RuleDraft) => {
    if (await put.run(rule)) say({ text: t.rules.taken(rule.name) });
  };
  return (
    <div className="empty rule-examples">
      <h2>{t.rules.emptyTitle}</h2>
      <p>{t.rules.empty}</p>
      <Problem failure={put.failure} />
      {EXAMPLES.map((rule) => (
        <article key={rule.name} className="rule" aria-label={`${t.rules.example}: ${rule.name}`}>
          <h3>{rule.name}</h3>
          <RuleSentences rule={rule} labelOf={labelOf} />
          <div className="acts">
            <Button
              small
              label={`${t.rules.takeOver}: ${rule.name}`}
              isBusy={put.isBusy}
              onPress={() => take(rule)}
            >
              {t.rules.takeOver}
            </Button>
          </div>
        </article>
      ))}
    </div>
  );
}
