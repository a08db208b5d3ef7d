// Words of everyday English, of shops, makers and first names, that are also the name of some place or country.
const WORDS = `
  advance along alpha alter alto angle angora antique apache apples aquarium arcade arch archer arches area
  aria art ash ask assumption ast august austin bach bad bag baker ball ban band banks bar barber base basic
  bat bath battle bay beach bear began bell bells bentley bermuda bermudas best bianchi bias big bigger bin
  binder bingo blackjack blades bland bone boom boot bor bordeaux bore bose bot bottom bottoms bow box brad
  brake branch brand bras brass bridge brie bright brompton brooks brown bruno brush brussel buckwheat
  bullion bun bunkie burton bus buttermilk buy cabana cache cactus calcium caller callus canal cane canes
  canoes canon carbon cardigan carding carpenter carry cars cash cashmere cast castle cat celebration cell
  center central century chad chair chamber champagne champion chance chandler change char chard charge
  cheddar chelsea chester chesterfield chile chin china chino chop christian christmas circle cite citrus
  city clay clever clones cloud clyde coats cocoa cognac coin col cologne colon columbia com combine combs
  come comfort comma commerce competition compound comps concession concord cone congas contention
  conversion cool cooling cooper cork cornish cot cottage court cricket crystal cube curry cut cutoff dab
  daisy dali dam damask darby date davenport davidson deal deep del delay delft deli delta demo deposit der
  derby des dial diamond die dig dim dis discovery div divide dock dollar dom don douglas drain drains
  draper drone drug dry dual due duffel early earth echo economy edam eden effort egg elbow energy english
  enterprise era erin erp err eta experiment eye far farms fell felling ferns fireworks fisher flea flora
  floss flushing folders fonts force ford forest forks forth fountain freedom fri friend friendly front fry
  fuji fully furnace gai gaming gamma gap gardner gates gateway gel german gets gibson gin give glad glide
  globe gobo goes going gold gone google gouda grain grant grants grass gray green greens grenade grill
  guernsey guide guinea guns gypsum hall hang hard harley harmony harper hassocks hat hatch haven heel
  helper hem hero highland hill hinges hit hitachi hobo hole holiday home honda honey hood hook hooks hope
  horn horseshoe hot hula human hunter hurt ids independence india industry int intercourse island ite
  jackson james java jersey jib jingle job jodhpur jordan joy june just justice kale keen kelly ken key kill
  kit kite koga label lack lacrosse lag lake lam lame lamy lan lancing landau landing lapel laser lash law
  lay lazy lead lemon lend lens levis lib liberty lid lids lie limbo lime limerick limit limoges lincoln
  line linen lint list lock locking log logan logos lone long longan look loop lot luck mace mache mad made
  madeira magenta main maize major malangas male man manage many maracas marathon march market markos marks
  marshal marshall martin mascara mason maxi maximum mead means mechanic media mei melon men mens mercury
  mere merida mesa mess meta metal meter midi midway mile miles miller millet mills mime min mind mine minor
  minus mobile mocha model modern mon montblanc moog moon more mosquito most mounds mountain much muff name
  needle needles never nice nimes nissan noble noisy nokia non none nor normal north nut occasion okay omega
  ons opera opportunity ops oracle oral orange osprey outer oxford pack page painter paisley pale palms pan
  panama pant pap paper par paradise parchment park parker parks parma pasta paste peace pearl peer pen
  perches perm phone piano pies pigeon pile pin pinch pink plain plan planes plate plugin plus pole polling
  polo polos pond pong pool pop pore port porter post potting price progress prosperity puma punch pusher
  put race radon raglan rain ram raman ran rand rapid rash raven ray reach reading real recovery reeds rel
  ren res reserve rest rice ride ridge riding rim ripe rivet road robe rock rode roland roles roman root
  rose roses ross row royal rugby rum rust rye sabres said sail sake sale salon salt samba same sand sanders
  sands sandwich satin sauce sauces save say scissors scott sedan see seen sees sell selmer semi send servo
  set settle sevres shannon shape shaping share shell shepherd shields shin shingle shot side sigma silly
  sim since sing singer singleton ski skoda slashes slide smith snow sol sole son song sort sour spa spas
  spatula split spoken spray spring springs stains stamps stanley staples star steinway steps still stilton
  stock stone store story straw street strong stuart success suede sumi summer sunflower surf surprise
  swallow sway swiss swords tab tablas tai taking tall tam tamarindo tan tangent tank tanner tap tape tapes
  taps taro tars tartar tau taylor tea teg tell tent tequila terminal thai thermal thursday till tilt tin
  tire tires toast ton tone tongue tool tornado toro totes tour tower toyota trail train trainer trans trap
  tray triangle trim trip troublesome tub tubas tulle tune tuner tup turkey turn tweed twist tyler union us
  used uses val valley van vane vans vary vernier vest vice victory violet vis von waits wake walk walker
  wall walls washer waterman wave ways weaver wed wedding weed week welcome well wellington welsh west white
  whites whitewater wick willow winder windsor wing wink winner wise wool worth wrist yen young zero zone`;

// Words that hold an English sentence together. Alone they are never read as a place, though some are one.
const FUNCTION_WORDS = `
  a all am an and any are as at be but by can do for from go had has he i if in is it its may me must my no
  not of off on one or our out over per she so some ten than that the then they this to up via was we were
  will with without you`;

const ORDINARY = setOf(WORDS);
const FUNCTION = setOf(FUNCTION_WORDS);
/** Words that only begin or end names of several words. */
const PARTS = setOf('cant high level mount mt new');

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/u));
}

/** The words of the first list, for the test that holds it against the gazetteer. */
export const ordinaryWords: readonly string[] = [...ORDINARY];

/** Whether a word only holds a sentence together ('of', 'in'). */
export function isFunctionWord(spelling: string): boolean {
  return FUNCTION.has(spelling);
}

/**
 * Whether every word of a name is also an ordinary English word, so that only a capital and a preposition make it
 * a place. Two Latin letters always are ('Of', 'Au').
 */
export function isOrdinary(spelling: string): boolean {
  return spelling
    .split(' ')
    .every(
      (word) => ORDINARY.has(word) || FUNCTION.has(word) || PARTS.has(word) || /^[a-z]{1,2}$/u.test(word),
    );
}
