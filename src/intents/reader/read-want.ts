import { counted, described, inOrder, placed, priced, timed, wanted } from './findings.ts';
import { hear } from './hear.ts';
import type { Draft, DraftFields, ReaderContext, ReaderSources } from './model.ts';
import { categoryQuestion, placeRef } from './questions.ts';
import { openSentence } from './sentence.ts';

/**
 * Reads what a sentence wants: what, where, for how much, until when. Everything that is not plain is a question and
 * no field. Equal input gives equal output; nothing is asked of the network.
 * @param text one sentence, at most LIMITS.sentenceChars long
 */
export function readWant(text: string, context: ReaderContext, sources: ReaderSources): Draft {
  const heard = hear(openSentence(text), context, sources);
  const what = wanted(heard.category, sources);
  const { kind } = what.fields;
  const count = counted(heard, kind);
  const findings = [
    what,
    placed(heard, sources),
    priced(heard, context, count.pieces),
    timed(heard, kind),
    count,
    described(heard, kind),
  ];
  const fields: DraftFields = Object.assign({ words: text }, ...findings.map((finding) => finding.fields));
  const questions = findings.flatMap(({ question }) => question ?? []);
  const asked = categoryQuestion(heard.category, sources);
  return {
    sentence: text,
    fields,
    categories: heard.category.proposals.map(({ id, score }) => ({
      id,
      path: sources.categories.get(id)?.path ?? id,
      score,
    })),
    places: heard.where?.candidates.map(({ place }) => placeRef(place, sources)) ?? [],
    questions: asked ? [asked, ...questions] : questions,
    understood: inOrder(
      text,
      findings.flatMap(({ found }) => found),
    ),
  };
}
