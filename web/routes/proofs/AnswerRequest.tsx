import { useState } from 'react';
import type { In } from '../../api/operations.ts';
import { useAct } from '../../api/queries.ts';
import type { ProofRequest, ProofRequestLine } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Check, Choices } from '../../components/Choices.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { When } from '../../components/figures.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { lastDay } from './last-day.ts';

/** For each line `refuse`, `own` with words, or the id of a proof; refused until somebody says otherwise. */
type Chosen = Readonly<Record<string, { how: string; words: string; isMoreAgreed: boolean }>>;
type Candidate = ProofRequestLine['candidates'][number];
type Answer = In<'answer-proof-request'>['lines'][number];
const REFUSED = { how: 'refuse', words: '', isMoreAgreed: false };

/** What they would like to know, as plain lines, each of which I show or refuse. */
export function AnswerRequest({ request }: { request: ProofRequest }) {
  const answer = useAct('answer-proof-request');
  const say = useSay();
  const [chosen, choose] = useState<Chosen>({});
  const shown = request.lines.flatMap((line) => answerOf(line, chosen[line.id] ?? REFUSED));
  const submit = async () => {
    if (await answer.run({ request: request.id, lines: shown })) say({ text: t.proofs.answered });
  };
  return (
    <Form
      wide
      failure={answer.failure}
      onSubmit={() => void submit()}
      acts={
        <Button type="submit" kind="act" isBusy={answer.isBusy}>
          {t.proofs.answerAct(shown.length, request.lines.length)}
        </Button>
      }
    >
      <p>
        <strong>{t.proofs.asks}</strong>{' '}
        <span className="sans soft">
          {t.proofs.askedAt} <When at={request.at} />
        </span>
      </p>
      <p className="soft">
        {t.proofs.purpose}: {request.purpose}. {t.proofs.answerUntil} {formatDate(lastDay(request.until))}.
      </p>
      {request.lines.map((line) => (
        <LineChoice
          key={line.id}
          line={line}
          chosen={chosen[line.id] ?? REFUSED}
          choose={(choice) => choose({ ...chosen, [line.id]: choice })}
        />
      ))}
      <p className="hint">{shown.some((it) => it.isMoreAgreed) ? t.proofs.learnsMore : t.proofs.learns}</p>
    </Form>
  );
}

function LineChoice(props: {
  line: ProofRequestLine;
  chosen: Chosen[string];
  choose: (choice: Chosen[string]) => void;
}) {
  const { line, chosen, choose } = props;
  const label = line.isOptional ? `${line.says} (${t.proofs.optional})` : line.says;
  const choices = [
    { value: 'refuse', label: t.proofs.refuse },
    ...line.candidates.map(choiceOf),
    { value: 'own', label: t.proofs.ownWord, about: t.proofs.ownWordAbout },
  ];
  const more = moreOf(line, chosen.how);
  return (
    <div className="stack">
      <Choices
        label={label}
        value={chosen.how}
        choices={choices}
        onChange={(how) => choose({ ...chosen, how, isMoreAgreed: false })}
      />
      {more.length === 0 ? null : (
        <Check
          label={t.proofs.agreeMore(more)}
          about={t.proofs.agreeFirst}
          value={chosen.isMoreAgreed}
          onChange={(isMoreAgreed) => choose({ ...chosen, isMoreAgreed })}
        />
      )}
      {line.candidates.length === 0 ? <p className="hint">{t.proofs.noProof}</p> : null}
      {chosen.how === 'own' ? (
        <TextField
          label={t.proofs.ownWordField(line.says)}
          value={chosen.words}
          onChange={(words) => choose({ ...chosen, words })}
          maxLength={200}
        />
      ) : null}
    </div>
  );
}

function choiceOf({ proof, value, issuer, copies, isImported, alsoShows }: Candidate) {
  if (!isImported)
    return {
      value: proof,
      label: value === '' ? t.proofs.showBare(issuer, copies) : t.proofs.show(value, issuer, copies),
    };
  const more = alsoShows.length === 0 ? '' : ` ${t.proofs.alsoShows(wordsOf(alsoShows))}`;
  return {
    value: proof,
    label: t.proofs.showSame(value, issuer),
    about: `${t.proofs.sameCopy}${more}`,
  };
}

/** What goes out with a line beyond it, when it is shown in this way. */
function moreOf(line: ProofRequestLine, how: string): string[] {
  return wordsOf(line.candidates.find((it) => it.proof === how)?.alsoShows ?? []);
}

function wordsOf(facts: Candidate['alsoShows']): string[] {
  return [...new Set(facts.map((fact) => fact.says))];
}

/** What I show of a line; nothing where it is refused, or shows more than was agreed to. */
function answerOf(line: ProofRequestLine, { how, words, isMoreAgreed }: Chosen[string]): Answer[] {
  const { id } = line;
  if (how === 'refuse') return [];
  if (how !== 'own') {
    if (moreOf(line, how).length === 0) return [{ line: id, proof: how }];
    return isMoreAgreed ? [{ line: id, proof: how, isMoreAgreed }] : [];
  }
  const text = words.trim();
  return text === '' ? [] : [{ line: id, ownWord: wordOf(text) }];
}

/** What is asked with yes or no is answered so. */
function wordOf(text: string): string | boolean {
  if (/^(yes|no)$/i.test(text)) return text.toLowerCase() === 'yes';
  return text;
}
