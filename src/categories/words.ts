/** Words as the search compares them: lower case, no accents, singular, one spelling. Pure. */

/** Singular of words whose plural is not formed with s. */
const IRREGULAR = new Map(
  (
    'knives:knife wives:wife lives:life shelves:shelf wolves:wolf leaves:leaf loaves:loaf halves:half ' +
    'calves:calf hooves:hoof scarves:scarf elves:elf thieves:thief dwarves:dwarf children:child men:man women:woman ' +
    'mice:mouse geese:goose feet:foot teeth:tooth axes:axe celli:cello cacti:cactus menus:menu tutus:tutu'
  )
    .split(' ')
    .map((pair) => [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)]),
);

/** Singular words that end in s. */
const ENDS_IN_S = new Set(
  (
    'lens gas canvas christmas atlas bias tennis iris axis basis chassis trellis analysis cannabis chess ' +
    'oasis tapis jus pancreas pilates news sous'
  ).split(' '),
);

/** British or everyday word -> the taxonomy's word, where both always mean the same thing. */
const SAME_WORD = new Map(
  (
    'tyre:tire colour:color coloured:colored grey:gray jewellery:jewelry jewelery:jewelry pyjama:pajama ' +
    'aluminium:aluminum fibre:fiber fibreglass:fiberglass theatre:theater centre:center mould:mold metre:meter ' +
    'litre:liter doughnut:donut catalogue:catalog armour:armor armoured:armored moisturiser:moisturizer ' +
    'organiser:organizer steriliser:sterilizer watercolour:watercolor aeroplane:airplane ' +
    'bike:bicycle fridge:refrigerator tv:television telly:television hoover:vacuum nappy:diaper ' +
    'pram:stroller pushchair:stroller couch:sofa settee:sofa spanner:wrench lorry:truck rucksack:backpack ' +
    'racquet:racket pullover:sweater barbecue:grill bbq:grill photograph:photo pc:computer ' +
    'ebicycle:ebike motorbike:motorcycle vac:vacuum kid:child childrens:child mens:man womens:woman clothes:clothing'
  )
    .split(' ')
    .map((pair) => [
      withoutPlural(pair.slice(0, pair.indexOf(':'))),
      withoutPlural(pair.slice(pair.indexOf(':') + 1)),
    ]),
);

/** Words that say nothing about the category: grammar, wanting, condition, number, measure and time. */
const STOP = new Set(
  (
    'a an the and or of as is are be it its that this these those some any one ones my our your his her their ' +
    'me us i we you he she they him them am was not no so very more most much many lot could would will should may ' +
    'want wants wanted need needs needed look looking search searching find buy buying get getting like please ' +
    'someone somebody something anyone anybody anything who which what where when how there here have has had ' +
    'do does just only also too new used second secondhand preowned refurbished old good great nice cheap ' +
    'decent proper quality small big large little long short kind sort type thing things stuff ' +
    'two three four five six seven eight nine ten twelve dozen once twice ' +
    'size sizes inch inches cm mm km kg kilo kilos gram grams litre litres liter liters gb tb euro euros eur ' +
    'hour hours day days week weeks weekend month months year years today tomorrow tonight soon ' +
    'monday tuesday wednesday thursday friday saturday sunday ' +
    'january february april june july august september october november december ' +
    'de la le les du des un une di della il het een der die das ein eine'
  ).split(' '),
);

/** Words after which a phrase only qualifies what stood before: "a case for a trumpet". */
const TURNS = new Set(
  'for to with without from in on near at by under below over above until before after into per'.split(' '),
);

/** Words that show that the one before them is a verb: "repair a bicycle", "teach me German". */
const DETERMINERS = new Set(
  'a an the my our your his her their this these those some me us him them'.split(' '),
);

/** One word of a text: as typed, as compared, and whether it stands before the first qualifying phrase. */
export interface Word {
  readonly typed: string;
  readonly stem: string;
  readonly main: boolean;
}

/** Whether anything but lower case has to be done; false for most names. */
const NEEDS_FOLDING = /[^A-Za-z ,&]|(?:^| )(?:[A-Za-z]|can|wi|hi|second|brand|look|looking|in|on|over) /i;

/** Lower case, no accents or possessives, `T-shirt` and `e bike` joined, "I can" out, "look after" one verb. */
function fold(text: string): string {
  if (!NEEDS_FOLDING.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('œ', 'oe')
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<![\p{L}\p{N}])[dl]['’](?=\p{L})/gu, '')
    .replace(/['’](s(?![\p{L}\p{N}]))?/gu, '')
    .replace(/(?<!\p{L})look(?:ing|s)? after(?!\p{L})/gu, 'mind')
    .replace(/(?<!\p{L})(?:second[ -]hand|pre-owned|brand[ -]new)(?!\p{L})/gu, 'used')
    .replace(/(?<!\p{L})(?:(?:i|we|who|that|one|body) can|can (?:i|we|you|some|any))(?!\p{L})/gu, ' ')
    .replace(/(?<![\p{L}\p{N}])([b-hj-z])-(?=\p{L}{2})/gu, '$1')
    .replace(/(?<![\p{L}\p{N}])([detu]) (?=\p{L}{3})/gu, '$1')
    .replace(/(?<![\p{L}\p{N}])(in|on|over)(?:-(?=\p{L})| (?=ear(?!\p{L})))/gu, '$1')
    .replace(/(?<=\p{L})-(?=(?:in|on|over|up|off)(?!\p{L}))/gu, '')
    .replace(/(?<![\p{L}\p{N}])(wi|hi)[ -](?=fi(?![\p{L}\p{N}]))/gu, '$1');
}

/** Takes a plural s off, the same way for both numbers of one word; the result need not be a word itself. */
export function stem(word: string): string {
  const single = withoutPlural(IRREGULAR.get(word) ?? word);
  return SAME_WORD.get(single) ?? single;
}

function withoutPlural(word: string): string {
  const last = word.at(-1);
  if (word.length <= 3 || (last !== 's' && last !== 'e')) return word === 'tvs' ? 'tv' : word;
  if (last === 'e') {
    if (word.endsWith('ie')) return `${word.slice(0, -2)}y`;
    return /(?:x|ch|z|s|o)e$/.test(word) ? word.slice(0, -1) : word;
  }
  if (word.endsWith('ss') || word.endsWith('us') || ENDS_IN_S.has(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|x|ch|sh|z|s)es$/.test(word) || (word.endsWith('oes') && word.length > 4))
    return word.slice(0, -2);
  return word.slice(0, -1);
}

/** What a typed word says: its stem, or '' when it is a stop word or a bare number. */
export function meaning(typed: string): string {
  return STOP.has(typed) || TURNS.has(typed) || /^\d+$/.test(typed) ? '' : stem(typed);
}

function typedWords(text: string): readonly string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * The words of a text that can speak for a category. They stand in order, but a verb goes behind what it acts on:
 * "repair a bicycle" and "bicycle repair" are the same.
 */
export function wordsOf(text: string): Word[] {
  const found: Word[] = [];
  let main = true;
  let verb: Word | undefined;
  let opens = false;
  for (const typed of typedWords(text)) {
    const says = meaning(typed);
    if (says !== '') {
      found.push({ typed, stem: says, main });
      opens = found.length === 1 && verb === undefined;
      continue;
    }
    if (opens && DETERMINERS.has(typed)) verb = found.pop();
    else if (verb !== undefined && found.length > 0 && !found.includes(verb)) found.push(verb);
    if (TURNS.has(typed)) main &&= found.length === 0;
    opens = false;
  }
  return verb === undefined || found.includes(verb) ? found : [...found, verb];
}

/**
 * The stems of a name or a synonym with what it is at the end: "Sideboards with Hutch" gives hutch, sideboard.
 * @param meaningOf `meaning`, remembered when many texts are read
 */
export function stemsOf(text: string, meaningOf: typeof meaning = meaning): string[] {
  if (!/ (?:an?|the|my|our|me|for|with|without) /.test(text)) {
    return typedWords(text)
      .map(meaningOf)
      .filter((says) => says !== '');
  }
  const words = wordsOf(text);
  return [...words.filter((word) => !word.main), ...words.filter((word) => word.main)].map(
    (word) => word.stem,
  );
}
