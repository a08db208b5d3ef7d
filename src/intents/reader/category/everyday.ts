import { type Query, TURN } from './clauses.ts';

/**
 * What people call things for which the taxonomy has another word, or several. A line is a category and its names,
 * singular; several categories for one name mean that it has to be asked.
 */
const NAMES = `
ap-1: puppy|kitten|pet rabbit|pet mouse|pony
ap-2-1-2: bird cage|budgie cage|parrot cage
ap-2-4-13: fish tank|fishtank|aquarium
ap-2-47-4: rabbit hutch|hamster cage|guinea pig cage|rabbit cage|hutch for rabbits
ap-2-31: dog lead|dog leash
aa-1-10-2: coat|jacket|leather jacket|ski jacket|denim jacket|blazer jacket
aa-1-12-4: jeans|pair of jeans|denims
aa-1-13-7: shirt|blouse
aa-1-13-12: jersey|woolly jumper|wool jumper|knitted jumper|pullover
aa-1-13-8: t shirt|t-shirt|tee shirt|tee
aa-1-17-4: pyjamas|pajamas|pyjama
aa-1-20: swimsuit|bathing suit|swimming trunks|bikini
aa-2-13: glove|winter glove|mitten
aa-2-17: hat|cap|woolly hat|bobble hat
aa-2-23: tie|necktie|bow tie
aa-2-26: scarf|shawl
aa-8-10: high heels|heels
aa-6-9: wedding ring|engagement ring|wedding band
ae-1: concert ticket|festival ticket|football ticket|train ticket|ticket
ae-2-8-7-2: ukulele
ae-2-7-10-3: guitar amp|guitar amplifier
ae-2-7-10-2: bass guitar amp|bass amp|bass amplifier
ae-2-2-5-4: postage stamp|stamp for my collection
bt-4-3: babyphone|baby phone
bt-6-1: child car seat|baby car seat|car seat for a baby
co-2-5: security camera|cctv camera|surveillance camera|ip camera
co-2-7-6: dash cam|dashcam
co-2-7-2: action cam|action camera|gopro
co-2-7: camcorder|video camera
el-19: game console|games console|gaming console|playstation 4|playstation 5|ps4|switch console
el-2-2-7-1-3: earbud|ear bud|earphone|in-ear headphones|airpods
el-2-2-2: amplifier|hifi amplifier|stereo amplifier|hi-fi amplifier
el-2-3-7: radio|transistor radio|kitchen radio|dab radio
el-4-8-5: iphone|android phone|smartphone
el-6-3: desktop pc|gaming pc|imac|desktop|tower pc|mac mini|gaming computer
el-7-9-10-5: graphics card|video card|gpu
el-7-9-12-8: computer keyboard|mechanical keyboard|gaming keyboard|wireless keyboard
el-7-9-12-11: computer mouse|wireless mouse|gaming mouse|usb mouse|bluetooth mouse
el-7-9-14: ssd|hard disk|external hard drive|external drive|hard drive
el-7-9-14-8: usb stick|usb key|memory stick|thumb drive|usb drive
el-7-15-5: phone charger|laptop charger|usb charger|iphone charger
el-13-3-1-7: ink cartridge|toner|printer ink|ink for my printer|ink
fb-1-1-1: beer|craft beer|crate of beer
fb-1-1-5: gin|vodka|rum|liquor|jenever|genever
fb-1-1-5-9: whisky|whiskey
fb-1-1-7: champagne|prosecco|red wine|white wine|bottle of wine|wine
fb-2-1-3: bread|sourdough bread|sourdough|loaf of bread
fb-2-1-4-1: birthday cake|wedding cake|cake
fb-2-3-2: chocolate|chocolates
fb-2-7-6: jam|marmalade
fb-2-10: vegetable box|veg box|vegetables|fruit and vegetables|fruit and veg
fb-2-10-7-6: strawberry|strawberries|raspberry|raspberries|blueberries
fb-2-12-1: eggs|fresh eggs|free range eggs|free-range eggs
fb-2-12-2-2: meat|steak|beef|lamb|pork
fb-2-12-3: salmon|trout|seafood|shrimps|mussels
fr-2-2: bed frame|bedframe
fr-2-2-2: bunk bed|bunkbed
fr-2-2-11: double bed|single bed|bed
fr-4-1: wardrobe|armoire|closet
fr-4-11: sideboard
fr-7: chair
fr-7-12: stool|bar stool|barstool|kitchen stool
fr-9: tv stand|tv unit|tv table|tv cabinet|television stand
fr-11: sofa bed|sofabed|futon|sleeper sofa|pull-out couch|sofa-bed|bed sofa
fr-19: shelf|shelves|shelving|shelving unit|shelf unit
fr-24: table
fr-24-1-1: coffee table
fr-24-4: dining table|kitchen table|dinner table|dining room table
fr-24-6: bedside table|nightstand|night stand|night table|bedside cabinet
ha-2-10: timber|lumber|planks|wood planks
ha-2-18-2: tile|wall tile|bathroom tile|kitchen tile
ha-9-4: padlock
ha-10-3-2: bathtub|bath tub|bath
ha-10-3-3: tap|kitchen tap|bathroom tap|faucet
ha-10-3-4: shower|shower cabin|shower cubicle
ha-11-23: solar panel
ha-6-23: tarpaulin|tarp
hb-1-4-9: thermometer|fever thermometer
hb-3-2-8: perfume|aftershave|eau de toilette
hb-3-14-4: electric shaver|shaver|electric razor|beard trimmer
hb-3-19-4: reading glasses|spectacles|eyeglasses
hg-3-2-4: artificial christmas tree|christmas tree
hg-3-15: cushion|chair cushion|sofa cushion
hg-3-17: clock|wall clock|kitchen clock
hg-3-47: mirror
hg-3-64: throw pillow|scatter cushion
hg-9-1-6: fan|table fan|standing fan|desk fan
hg-9-1-8: radiator
hg-9-8-1: tumble dryer|tumble drier|clothes dryer|dryer|drier
hg-9-10: robot vacuum|robot vacuum cleaner|handheld vacuum|robot hoover|roomba
hg-9-10-1: vacuum cleaner|hoover
hg-11-2-3: pan|cooking pot|pots and pans|saucepans|pan set|set of pans
hg-11-2-3-13-1: frying pan|skillet
hg-11-3-3: cool box|coolbox|cooler box|cooler
hg-11-3-7: lunch box|lunchbox
hg-11-3-10: thermos|thermos flask|flask
hg-11-7-5: hob|induction hob|cooktop|gas hob
hg-11-7-7: air fryer|airfryer|deep fryer|deep fat fryer|chip pan
hg-11-7-11: kettle|electric kettle|water boiler|water cooker
hg-11-7-31: microwave|microwave oven|combi microwave
hg-11-7-38: camping stove|gas stove|camp stove
hg-11-7-39: extractor hood|cooker hood|range hood
hg-11-7-40: cooker|gas cooker|electric cooker|stove
hg-11-7-17: blender|smoothie maker|hand blender
hg-11-7-46-8: toaster
hg-11-10-4: plate|dinner plate|dinner set|crockery|dinnerware|dinner service
hg-11-10-5: drinking glass|water glass|whisky glass
hg-11-10-5-1: beer glass
hg-11-10-5-2: cup|tea cup|teacup|coffee cup
hg-11-10-5-5: mug|coffee mug
hg-11-10-5-7: wine glass|champagne glass|champagne flute
hg-11-10-6: cutlery|silverware|forks and knives|flatware
hg-12-1-1-3: compost bin|composter|compost heap
hg-12-1-16: plant pot|flower pot|flowerpot|planter
hg-12-3-15: strimmer|grass trimmer|weed whacker|brush cutter|brushcutter
hg-13-9-2: ceiling lamp|ceiling light|pendant lamp|hanging lamp
hg-13-5: lamp
hg-13-5-2: desk lamp
hg-13-5-4: reading lamp
hg-15-1-9: pillow
hg-15-1-10: duvet|quilt|comforter|down duvet
hg-16-2: umbrella
hg-17-2: flowers|bouquet of flowers|bouquet|bunch of flowers
hg-21: wood stove|wood burner|log burner|wood burning stove|pellet stove
hg-5-7-1: firewood|fire wood|logs
me-1-3: novel|comic|comic book|comics|graphic novel|textbook|school book|dictionary|cookbook|atlas|travel guide|guidebook
os-11-11-7-3: pen|ballpoint
sg-1-4-1-4: boxing glove
sg-1-18-1: football|soccer ball
sg-2-4-2-1: cross trainer|crosstrainer|elliptical
sg-3-2-8: pool table|billiard table|snooker table
sg-3-6-8: table tennis table|ping pong table
sg-4-4-1: bike light|bicycle light|bike lights|bicycle bell|mudguard
sg-4-4-3: kids bike|kids' bike|child's bike|children's bike|kid's bike|bike for a child|balance bike|girls bike|boys bike
sg-4-4-3-2: city bike|town bike|dutch bike|omafiets
sg-4-4-2-22: inner tube|bike tube
sg-4-16-1: skateboard|longboard
sg-4-17-3: sledge|sled|toboggan
tg-2-5: chess set|chess board|chessboard|monopoly|scrabble
tg-3-7: sandpit|sandbox|sand pit
tg-3-9: slide
tg-5-7-12: lego|lego set|duplo
tg-5-8-1: playmobil|action figure
tg-5-8-5: dolls house|doll's house|dollhouse|doll house
tg-5-8-11: teddy bear|teddy|cuddly toy|stuffed animal|soft toy|plush toy|plushie
tg-5-15-8: train set|wooden train|brio train
vp-1-4-20-3-1: winter tyre|winter tire|car tyre|car tire|summer tyre|all season tyre|snow tire|snow tyre
vp-1-6-1-7: motorcycle helmet|motorbike helmet|motor helmet|moped helmet
vp-1-7-3-4: roof box|roof rack|roof bars|roof bar
vp-1-7-5-3: caravan|travel trailer
vp-1-7-5: car trailer|trailer
vp-2-2-1-1-1: electric car
vp-2-2-1-2-1: car|second car|family car|city car|station wagon|hatchback
vp-2-2-3: motorcycle|motorbike|moped|vespa
vp-2-2-5: camper|camper van|campervan|motorhome|rv
vp-2-3-1: motorboat|motor boat|speedboat
vp-2-3-3: sailing boat|sailboat|sail boat
ap-1 el-7-9-12-11: mouse
fb-2-12-2-2-5-1 ap-1: chicken
sg-1-2-10 sg-1-8-3 sg-3-6-4: bat
sg-1-20-7 sg-4-14-1-2-2 sg-1-15-6: racket|racquet
el-7-9-12-8 ae-2-8-4-3: keyboard
tg-4-7 ha-15-62-5: jigsaw
hg-11-10-5 hb-3-19-4: glasses
sg-4-4-4-5 vp-1-6-1-7: helmet
vp-1-4-20-3-1 sg-4-4-2-21: tyre|tire
el-7-15-1 vp-1-4-14-2: battery|batteries
hg-11-7-17-2 el-2-2-3: mixer
sg-4-5-2-8 sg-4-4-2-13: saddle
sg-4-4-2-4-4 aa-6-8 ha-6-4: chain
bt-6-2 ap-2-16: carrier
sg-4-15-1 sg-4-15-2 vp-2-2-3: scooter
hg-12-1-16-2 hg-11-2-3: pot
hg-9-8-3-2 sg-4-7-9: iron
ha-9-4 sg-4-4-1-13: lock
sg-4-4-1-15 ha-12: pump
fr-12-1 fr-24: bureau
ae-2-8-8-11 el-2-3: recorder
ae-2-8-7-2-2 ae-2-8-7-4-2: bass
aa-5-4 lb: bag
fr-4 hg-11-6-24-3 fr-19: rack
hg-18-5 sg-3-2-8: pool
`;

const IDS_OF: ReadonlyMap<string, readonly string[]> = new Map(
  NAMES.trim()
    .split('\n')
    .flatMap((line) => {
      const [ids = '', names = ''] = line.split(': ');
      return names.split('|').map((name) => [name, ids.split(' ')] as const);
    }),
);

const BY_LENGTH = [...IDS_OF.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
const ANY = new RegExp(`(?<![a-z0-9'-])(?<name>${BY_LENGTH.join('|')})(?<plural>s|es)?(?![a-z0-9-])`, 'g');

/** An everyday name that stands where a thing is named. */
export interface Name {
  /** The categories that it stands for. */
  readonly ids: readonly string[];
  readonly score: number;
  readonly word: string;
}

/** An everyday name is as good as this; one after "for" or "with" is that much less. */
const NAMED = 0.97;
const ASIDE = 0.55;

const HEAD_ENDS =
  /^(?:$| (?:for|with|to|without|from|in|on|near|at|by|under|below|before|until|of|that|which|who|and|or|but|is|are|please|if|as|so|than|not|no|any|around|about|this|needed|wanted|i|we|my|our|made|built|used|fit|suitable|able|ready|available|delivered|painted|preferably|ideally|big|large|small|old|new|size|max|will|can|should|must)\b)/;
/** Before a name of several things: words that do not tell which. */
const TELLS_NOTHING =
  /^(?:(?:a|an|the|some|any|my|our|one|another|good|nice|old|cheap|small|big|large|decent|simple|quality|quite|very|really|spare|extra|solid|proper|basic|great|cool|looking|i|we|need|want|am|for|after|buy|get|just|please|hello|hi) )*$/;

/** The everyday names in what is searched for that do not stand before another noun: a mouse pad is no mouse. */
export function namesIn(queries: readonly Query[]): Name[] {
  return queries.flatMap(({ text, weight }) =>
    [...text.matchAll(ANY)].flatMap((match): Name[] => {
      const ids = IDS_OF.get(match.groups?.name ?? '') ?? [];
      const [before, after] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
      if (!HEAD_ENDS.test(after) || (ids.length > 1 && !TELLS_NOTHING.test(before))) return [];
      return [{ ids, score: NAMED * weight * (TURN.test(before) ? ASIDE : 1), word: match[0] }];
    }),
  );
}

/** All categories that the names stand for. */
export const everydayIds: readonly string[] = [...new Set([...IDS_OF.values()].flat())];
