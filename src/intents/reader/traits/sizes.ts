import { pattern, type Sentence, type Span, spanOf } from '../sentence.ts';

const NUMBER = '\\d+(?:[.,]\\d+)?(?: ?½| 1/2)?';
const SPAN = `${NUMBER} ?(?:cm|mm|m|inch(?:es)?|in|ft|feet|")?`;
const LETTERS = '(?:xxxs|xxs|xs|s|m|l|xl|xxl|xxxl|[2-6]xl)';

interface Form {
  readonly regex: RegExp;
  /** Not for categories whose name begins with one of these: in optics 8x42 is no size. */
  readonly not?: readonly string[];
  /** Only for categories whose name begins with one of these. */
  readonly only?: readonly string[];
}

const FORMS: readonly Form[] = [
  // waist and leg: W32 L34, 32/34
  { regex: pattern('(?<![a-z0-9])(?<size>w ?\\d{2}[ /,]{0,2}l ?\\d{2})(?![a-z0-9])') },
  // tyres: 205/55 R16, 700x28c
  { regex: pattern('(?<![a-z0-9])(?<size>\\d{3}/\\d{2}[ /]?z?r ?\\d{2}(?: ?\\d{2,3}[a-z])?)(?![a-z0-9])') },
  {
    regex: pattern('(?<![a-z0-9])(?<size>\\d{2,3} ?x ?\\d{2}(?:[.,]\\d+)?(?:c|b)?)(?![a-z0-9x])'),
    only: ['sg-4-4'],
  },
  {
    regex: pattern(
      `(?:\\b(?:frame|shoe|ring|hat|dress|waist|collar|wheel|screen|bed|mattress|glove|shirt) )?\\bsizes?:? (?:is )?(?<size>(?:eu|uk|us|it|fr|de)? ?(?:${LETTERS}(?:[ /-]${LETTERS})?|${NUMBER}(?: ?(?:cm|mm|inch(?:es)?|"))?(?:[ /-]${NUMBER})?)|small|medium|large|extra large|king(?:[- ]?size)?|queen|double|single|junior)(?![a-z0-9])`,
    ),
  },
  { regex: pattern(`\\b(?<size>(?:eu|uk|us) ?\\d{1,2}(?:[.,]5|½)?)(?![a-z0-9.,/])`), only: ['aa', 'sg'] },
  // 140x200, 2 x 3 m
  {
    regex: pattern(
      `(?<![a-z0-9,.])(?<size>${SPAN} ?(?:x|by) ?${SPAN}(?: ?(?:x|by) ?${SPAN})?)(?![a-z0-9]| ?(?:kg|g|l|ml|cl|gb|w|mp)\\b)`,
    ),
    not: ['co'],
  },
  {
    regex: pattern(`(?<![a-z0-9.,])(?<size>${NUMBER}[ -]?(?:inch(?:es)?\\b|"|''))`),
    not: ['co', 'ha-15'],
  },
  // violins, cellos and guitars
  {
    regex: pattern('(?<![a-z0-9/])(?<size>(?:1/16|1/8|1/4|1/2|3/4|4/4|7/8))(?![/\\d])(?:[ -]sized?)?'),
    only: ['ae-2-8'],
  },
  { regex: pattern(`(?:^|[,(] ?)(?<size>${LETTERS})(?= ?(?:[,.)]|$))`), only: ['aa', 'sg', 'vp-1-6'] },
  {
    regex: pattern(`\\b(?<size>(?:${LETTERS.replace('s|m|l|', '')}))(?![a-z0-9])`),
    only: ['aa', 'sg', 'vp-1-6'],
  },
  { regex: pattern(`(?:^|[,(] ?)(?<size>(?:3[4-9]|4[0-9])(?:[.,]5|½)?)(?= ?(?:[,.)]|$))`), only: ['aa-8'] },
  {
    regex: pattern(`\\b(?<size>(?:king|queen|double|single|full|three[- ]quarter|half)[- ]?sized?)(?![a-z])`),
    not: ['el'],
  },
];

/** Everything that looks like a size, so that its numbers mean nothing else; which of it is one, the category tells. */
export function sizeSpans(sentence: Sentence): Span[] {
  return FORMS.flatMap(({ regex }) =>
    [...sentence.plain.matchAll(regex)].map((match) => spanOf(match, 'size')),
  );
}

/** Reads a size of a thing of this category, as it was written; undefined when none is stated. */
export function readSize(
  sentence: Sentence,
  category: string,
): (Span & { readonly value: string }) | undefined {
  for (const { regex, not, only } of FORMS) {
    const begins = (prefix: string) => category === prefix || category.startsWith(`${prefix}-`);
    if (not?.some(begins) || (only && !only.some(begins))) continue;
    for (const match of sentence.plain.matchAll(regex)) {
      const { from, to } = spanOf(match, 'size');
      const written = sentence.text.slice(from, to).trim();
      if (written !== '') return { from: match.index, to: match.index + match[0].length, value: written };
    }
  }
  return undefined;
}
