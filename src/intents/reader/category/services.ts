import { CLAUSE_END } from '../sentence.ts';
import { FRAMES } from './service-frames.ts';

const SOMEBODY =
  '(?:some(?:one|body)|any(?:one|body)|who|person|people|student|neighbou?r|handyman|volunteers?|expert|professional|pro|m[ae]n|wom[ae]n|guys?|lad(?:y|s|ies)|friend|teenagers?|helpers?|hands)';
/** Words that ask for something to be done. */
const REQUEST = [
  new RegExp(
    `\\b${SOMEBODY} (?:[a-z]+ |with (?:an?|some|the) (?:[a-z]+ ){1,2})?(?:to|that|which|who|can|could|will|would|willing|able)\\b`,
  ),
  new RegExp(`^\\W*(?:who|can|could|would|will) (?:${SOMEBODY}|you|i get) ?`),
  /\bwho (?:wants to|helps?|repairs?|fixes|mends|teaches|looks|mows|cleans|walks|feeds|cuts|moves|carries|has (?:a look|time))\b/,
  /\b(?:fitted|installed|adjusted|replaced|serviced) (?:on|in|at|to)\b/,
  /\bto be (?:repaired|fixed|mended|cleaned|cut|trimmed|mowed|mown|painted|moved|carried|assembled|sharpened|hemmed|translated|copied|walked|fed|watered|ironed|washed|tuned|looked after|unblocked)\b/,
  new RegExp(`\\b(?:can|could|would|will) (?:${SOMEBODY}|you)\\b`),
  /\b(?:need|want|looking for|get|some|a bit of|hours? of|any|have) (?:some )?(?:help|a hand|assistance)\b|\bhelp (?:me|us|with|moving|to|in|on|around|at)\b|^\W*help\b|\bhelpers? (?:wanted|needed)\b|\bhelp(?:ing)? hands?\b/,
  /\bneeds? (?:repair|fixing|mending|cleaning|cutting|trimming|mowing|a (?:repair|service|clean|cut|trim|wash|haircut))\b|\b(?:needs?|want|have|get|got) (?:to be |to get |my [a-z ]{2,20} |our [a-z ]{2,20} |it )(?:repaired|fixed|mended|cleaned|cut|trimmed|mowed|mown|painted|moved|hauled|taken|removed|carried|assembled|sharpened|hemmed|washed|translated|done|walked|fed|tuned|serviced|installed)\b/,
  /^\W*(?:please |pls )?(?:mow|repair|fix|mend|clean|walk|feed|cut|trim|move|carry|paint|teach|help|tutor|babysit|look after|mind|water|iron|install|set up|build|assemble|weed|prune|dig|braid|dye|tidy|wash|drive|transport|tune|hem|sharpen|sew|translate|proofread|deliver|haul|plaster|wallpaper|shovel|unblock|clear(?: out)?|pick up|collect|learn to play)\b (?:me|us|in|my|our|the|a|an|some|two|three|\\d)/,
  /\b(?:lessons?|tutoring|tuition|repairman|babysit(?:ter|ting)|plumber|electrician|hairdresser|haircut|nanny|handyman)(?=$|[^a-z ]| (?:for|in|near|who|that|to|at|around|on|of|a|per|this|next|tomorrow|today|before|by|from|with|please|under|needed|and|or)\b| {2})/,
  /^\W*(?:(?:i |we )?(?:am |are )?(?:need|want|looking for|searching for|seeking|wanted:?) )?(?:an? |some )?(?:[a-z-]+ ){0,3}(?<!(?:vacuum|steam|pressure|carpet|window|pipe|air|toilet|glass|oven|pool|high-pressure|hob) )(?:lesson|course|classes|tutor|teacher|coach|repair|repairs|mechanic|servicing|sitter|cleaning|cleaner|gardener|barber|movers?|photographer|translator|translation|decorator|painter|carpenter|roofer|massage|physio|therapist|dj|catering|caterer|cook|chef|babysitter|removal|installation|delivery|transport|help|walker)(?=$|[,.;!?]| (?:for|in|near|who|that|to|at|around|on|of|this|next|tomorrow|today|before|by|from|with|please|under|needed)\b)/,
];
/** Words that ask for a thing, whoever brings it. */
const THING =
  /\b(?:sell(?:s|ing)?|lend|rent(?:ing)?|get rid of|giv(?:e|es|ing) away|(?:anyone|anybody|someone|somebody|who) (?:has |have |got |has got )(?:a|an|some|any|two|spare|old) (?!look|minute|moment|hand)|spare)\b|\banyone got\b/;

/** Somebody for whom the thing is: "a lamp for my piano teacher", "a card for our nanny". */
const RECIPIENT =
  /\b(?:gifts?|presents?|something|cards?) for [^,.;]+|\bfor (?:my|our|his|her|their|an?|the) (?:[a-z-]+ ){0,2}(?:teacher|hairdresser|nanny|cleaner|gardener|plumber|electrician|carpenter|painter|photographer|mechanic|coach|tutor|driver|cook|chef|babysitter|barber|dog walker)s?\b/g;

/** Whether a sentence asks for work to be done and not for a thing. */
export function asksForWork(plain: string): boolean {
  const said = plain.replaceAll(RECIPIENT, ' ');
  if (THING.test(said)) return false;
  return REQUEST.some((regex) => regex.test(said)) || FRAMES.some(({ alone }) => alone && opens(said, alone));
}

/** Whether the first thing that the sentence names is somebody who does such work. */
function opens(plain: string, alone: RegExp): boolean {
  const match = alone.exec(plain);
  return (
    match !== null &&
    /^[^a-z]*(?:[a-z'-]+ ){0,4}$/.test(plain.slice(0, match.index)) &&
    ENDS.test(plain.slice(match.index + match[0].length))
  );
}

const ENDS = new RegExp(
  `^(?:${CLAUSE_END}| (?:for|in|near|who|that|to|at|around|on|of|this|next|tomorrow|today|before|by|from|with|please|under|needed|and|or|every|once|twice|weekly|down|need|needs|is|are|has)\\b)`,
);

/** The services that a sentence asks for, the likeliest first. */
export function servicesIn(plain: string): string[] {
  const scored = FRAMES.flatMap(({ id, verbs, objects, alone }) => {
    const isAlone = alone?.test(plain) ?? false;
    const [verb, object] = [verbs?.exec(plain), objects?.exec(plain)];
    if (!isAlone && !(verb && object)) return [];
    const distance = verb && object ? Math.abs(verb.index - object.index) : 0;
    return [{ id, cost: isAlone ? -1 : distance }];
  });
  return scored.sort((a, b) => a.cost - b.cost).map(({ id }) => id);
}

/** Whether a category is one of the services that a sentence has to ask for by name to mean them. */
export function isFramed(id: string): boolean {
  return FRAMES.some((frame) => frame.id === id);
}
