import { CLAUSE_END, pattern, type Sentence, type Span, TAKEN } from '../sentence.ts';

/** A quality that the sentence states, as it is kept. */
interface Look extends Span {
  readonly key: 'color' | 'material';
  readonly value: string;
}

const COLORS =
  'black|white|gr[ae]y|red|green|blue|yellow|orange|purple|pink|brown|beige|navy|turquoise|silver|gold|ivory|burgundy|teal|' +
  'khaki|maroon|magenta|anthracite|multicolou?red|transparent';
const SHADE = '(?:dark|light|bright|pale|deep|navy|sky|royal|olive|mint|lime|matte?|off)';
const COLOR = `(?:${SHADE}[ -])?(?:${COLORS})`;
const MATERIALS =
  'leather|suede|velvet|wool|wool+en|merino|cashmere|mohair|alpaca|cotton|linen|silk|denim|corduroy|fleece|polyester|nylon|' +
  'tweed|oak|pine|teak|walnut|mahogany|birch|beech|bamboo|rattan|wicker|wood|wooden|plywood|metal|steel|stainless[ -]steel|' +
  'cast[ -]iron|wrought[ -]iron|alumini?um|carbon[ -]fib(?:re|er)|titanium|copper|bronze|pewter|glass|ceramic|porcelain|' +
  'stoneware|earthenware|terracotta|marble|granite|plastic|rubber|latex|silicone|sterling[ -]silver|rosewood|sheepskin';
const PRECIOUS =
  '(?:gold|silver)(?= (?:rings?|necklaces?|chains?|bracelets?|earrings?|cutlery|spoons?|pendants?))';
const MATERIAL = `(?:(?:solid|real|genuine|faux|pure|vegan|100 ?%) )?(?:${MATERIALS}|${PRECIOUS})`;

/** Words that a colour or material only helps to name: "red wine", "glass cleaner". */
const NAMED_SO =
  /^[ -](?:wine|tea|beans?|pepper|bread|rice|chocolate|oils?|onions?|cabbage|noise|board|goods|lentils?|pudding|juice|trees?|marmalade|friday|cards?|cleaners?|polish|conditioner|paint|dye|care|glue|saw|burning|burner|stove|pellets?|chips?|stain|drill|carving|turning|working|workers?|section|standard|medal|light|house|belt|box|fish|room|currants?|berries|cover|repair|tables? tennis|and white)\b/;
const NO =
  /(?:\bnot?|n't(?: want| like| need)?|\bexcept(?: for)?|\bother than|\bbut|\bwithout|\bnever|\binstead of|\brather than)(?: (?:a|an|in|too|be|the|made of|really|any))* $/;
const NOT_BUT = /(?:\bnot|n't|\bno) [^,;]{1,24} but (?:a |an |in )?$/;
const FROM_WORD =
  /^[ -](?!for\b|in\b|under\b|with\b|near\b|and\b|or\b|to\b|at\b|by\b|before\b|from\b|please\b|max\b|about\b|around\b|if\b|is\b|are\b|on\b)[a-z]/;
const APART = new RegExp(`[,;:.(${TAKEN}] ?(?:in )?(?:(?:${COLOR}) )?$`);
const ENDS = new RegExp(`^(?:${CLAUSE_END}| (?:please|if|or|and)\\b)`);

/** "wood or metal" leaves it open. */
const OR_MATERIAL = new RegExp(`^ (?:or|and|/) (?:${MATERIALS})\\b`);
const MATERIAL_OR = new RegExp(`(?:${MATERIALS}) (?:or|and|/) $`);
const SAID_COLOR = pattern(`(?<![a-z-])(?<value>${COLOR})(?:[- ]colou?red)?(?![a-z-])`);
const SAID_MATERIAL = pattern(`(?<![a-z-])(?<made>made (?:of|from|out of) )?(?<value>${MATERIAL})(?![a-z-])`);

/** Reads the colour and the material that a sentence states; what it rules out, or leaves open, is no quality. */
export function readLooks(sentence: Sentence): { looks: Look[]; spans: Span[] } {
  const materials = stated(sentence, SAID_MATERIAL, 'material');
  const colors = stated(sentence, SAID_COLOR, 'color').filter(
    (color) => !materials.some((other) => other.from < color.to && color.from < other.to),
  );
  const kept = [colors, materials].flatMap((found) => {
    const wanted = found.filter((it) => !it.isRuledOut);
    return new Set(wanted.map((it) => it.value)).size === 1 ? wanted.slice(0, 1) : [];
  });
  return {
    looks: kept.map(({ from, to, key, value }) => ({ from, to, key, value })),
    spans: [...colors, ...materials].map(({ from, to }) => ({ from, to })),
  };
}

type Stated = Look & { readonly isRuledOut: boolean };

function stated(sentence: Sentence, regex: RegExp, key: Look['key']): Stated[] {
  return [...sentence.plain.matchAll(regex)].flatMap((match): Stated[] => {
    const to = match.index + match[0].length;
    const left = sentence.plain.slice(0, match.index);
    const right = sentence.plain.slice(to);
    const no = NOT_BUT.test(left) ? undefined : NO.exec(left)?.[0];
    const isOpen = OR_MATERIAL.test(right) || MATERIAL_OR.test(left);
    if (no === undefined && (NAMED_SO.test(right) || /\bblack (?:and|&|\/) $/.test(left))) return [];
    const isMade = match.groups?.made !== undefined;
    if (key === 'material' && no === undefined && !isMade && !isQuality(left, right)) return [];
    const value = (match.groups?.value ?? '').replace(/^wool+en$/, 'wool').replace(/^wooden$/, 'wood');
    return [
      { from: match.index - (no?.length ?? 0), to, key, value, isRuledOut: no !== undefined || isOpen },
    ];
  });
}

/** A material describes what follows it, or stands apart; at the end of a phrase it is the thing: "balls of wool". */
function isQuality(left: string, right: string): boolean {
  return FROM_WORD.test(right) ? !/\bof $/.test(left) : APART.test(left) && ENDS.test(right);
}
