import { type Sentence, type Span, TAKEN } from '../sentence.ts';

/** Makers as they write themselves. Those that are also words need a capital within the sentence. */
const BRANDS = `
  Adidas|Aiwa|Alesis|Altra|Amazfit|Apple|Arturia|Asics|Asus|Atomic|Audi|Bahco|Balenciaga|Barbour|Batavus|Bauknecht|Beats|
  Behringer|Beko|Birkenstock|BMW|Bontrager|Bosch|Bose|Bowers & Wilkins|Brabantia|Brennenstuhl|Brooks|Brother|Burberry|
  Britax|Brompton|Bugaboo|Buffet Crampon|Burton|Calvin Klein|Canon|Cannondale|Carhartt|Casio|Celestron|Citroën|Clarks|
  Coleman|Columbia|Converse|Crocs|Cube|Cybex|Dacia|De'Longhi|DeLonghi|Decathlon|Dell|Denon|DeWalt|Diadora|Dior|DJI|Doc Martens|Dr. Martens|
  Dr Martens|Dunlop|Dyson|Electrolux|Epiphone|Epson|Ergobaby|Esprit|Ferrari|Fiat|Fender|Festool|Fisher-Price|Fiskars|Fissler|
  Fitbit|Fjällräven|Fjallraven|Flexa|Ford|Fossil|Fujifilm|Garmin|Gazelle|Giant|Gibson|Google|GoPro|Gretsch|Gucci|Guess|
  H&M|Haba|Harman Kardon|Head|Hitachi|Hilti|Hoka|Honda|Honor|Hoover|HP|Huawei|Hugo Boss|Husqvarna|Hyundai|Ibanez|IKEA|
  Intex|Jabra|Jack Wolfskin|JBL|Jupiter|Jura|Karcher|Kärcher|Kawai|Keen|Kenwood|Kia|KitchenAid|Koga|Korg|Krups|KTM|Lacoste|
  Lamy|Leatherman|Le Creuset|Leica|Lego|Lenovo|Levi's|Levis|LG|Logitech|Louis Vuitton|Lowa|Lowepro|Makita|Mammut|Mapex|
  Marshall|Martin|Maxi-Cosi|Mazda|Medion|Meindl|Melitta|Mercedes|Merrell|Metabo|Michelin|Michael Kors|Microsoft|Miele|
  Milwaukee|Mitsubishi|Mizuno|Montblanc|Moncler|Moog|Motorola|Moulinex|MSR|Nespresso|New Balance|Nike|Nikon|Ninja|Nintendo|
  Nissan|Nokia|Oakley|Olympus|Omega|OnePlus|Oppo|Oral-B|Ortlieb|Osprey|Panasonic|Patagonia|Pearl|Pentax|Peugeot|Philips|
  Pilot|Pioneer|Playmobil|Polaroid|Polar|Porsche|Prada|Puma|Raleigh|Ravensburger|Ray-Ban|Razer|Reebok|Remington|Renault|
  Ricoh|Rockrider|Roland|Rolex|Rollei|Romer|Rossignol|Rowenta|Russell Hobbs|Ryobi|Sage|Salewa|Salomon|Samsonite|Samsung|
  SanDisk|Santa Cruz|Schwalbe|Schwinn|Scott|Seat|Seiko|Selmer|Sennheiser|Sharp|Shimano|Shure|Siemens|Sigma|Silver Cross|
  Singer|Skoda|Smeg|Sonos|Sony|Specialized|Sram|Stanley|Steinway|Stihl|Stokke|Subaru|Suzuki|Swarovski|Tamron|Tama|Tefal|
  Technics|Tesla|The North Face|North Face|Thule|Timberland|Tissot|Tommy Hilfiger|Toshiba|Toyota|TP-Link|Trek|Triumph|
  Tripp Trapp|Ugg|Under Armour|Vans|Vaude|Vauxhall|Opel|VanMoof|Vileda|Vittoria|Volkswagen|Volvo|Waterman|Weber|Whirlpool|
  Wilson|WMF|Wüsthof|Xiaomi|Yamaha|Yonex|Zanussi|Zara|Zeiss|Zwilling|Audio-Technica|Aprilia|Vespa|Kawasaki|Ducati|
  Harley-Davidson|Besson|Bach|Getzen|Conn|Yanagisawa|Jupiter|Hohner|Weltmeister|Thomann|Squier|Epiphone|Cort|Taylor|Takamine|
  Alhambra|Ludwig|Sonor|Gretsch|Zildjian|Sabian|Acer|MSI|Kobo|Kindle|Tolino|reMarkable|Benq|Eizo|AOC|Netgear|Fritz!Box|
  Chicco|Joie|Peg Perego|Quinny|Nuna|Graco|Hauck|Evenflo|Hape|Schleich|Barbie|Royal Canin|Hill's|Purina|Trixie|Kong|
  MAM|Avent|Medela|Omron|Braun|Babyliss|GHD|Nivea|Einhell|Black & Decker|Black+Decker|Gardena|Flymo|Honda|Wolf-Garten|Staub|Demeyere|
  Bialetti|Gaggia|Lavazza|Illy|Rancilio|Quechua|Vango|Salomon|Garrett|Bontempi|Elba|Rolser|Goodyear|Continental|Pirelli|Bridgestone|
  Nokian|Hankook|Varta|Brembo|Ferodo|Jeep|Mini Cooper|Alfa Romeo|Lancia|Land Rover|Jaguar|Lexus|Saab`
  .split('|')
  .map((name) => name.trim());

/** Makers whose name is also a word, or a town, or part of another name. */
const ALSO_WORDS = new Set(
  (
    'apple brother cube ford fossil giant guess head honor hoover jupiter keen martin ninja omega pearl pilot pioneer polar ' +
    'sage scott seat sharp sigma singer stanley triumph vans wilson bach conn taylor cort kong smart continental columbia ' +
    'burton brooks beats atomic bose mam elba jaguar osprey patagonia marshall puma columbia trek specialized converse guess ' +
    'esprit coleman ludwig garrett gazelle mini-cooper romer haba tama oppo jura diesel batavus weber milwaukee alhambra barbie ' +
    'kindle dunlop razer reebok remington raleigh santa-cruz lancia'
  ).split(' '),
);
/** Of those, the ones that nobody types meaning the word, when they describe a thing. */
const BY_PLAIN = new Map(BRANDS.map((name) => [plainName(name), name]));
const LONGEST_FIRST = [...BY_PLAIN.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
const ANY = new RegExp(
  `(?<![a-z0-9'-])(?<brand>${LONGEST_FIRST.map((name) => name.replace(/[.*+?^$(){}|[\]\\]/g, '\\$&')).join('|')})(?:'s)?(?![a-z0-9'-])`,
  'dg',
);
const NOT =
  /\b(?:not?|except|no|n't want|other than|like|than|fits?|compatible with|into) (?:an? |old |new |used )*$|\bfor (?:[a-z0-9']+ ){0,2}$/;

function plainName(name: string): string {
  return name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

/** Reads the one brand that stands in the sentence; several, or one ruled out, are none. */
export function readBrand(sentence: Sentence): { value?: string; spans: Span[] } {
  const found = [...sentence.plain.matchAll(ANY)].flatMap((match) => {
    const name = match.groups?.brand ?? '';
    const span = { from: match.index, to: match.index + match[0].length };
    const typed = sentence.text.slice(span.from, span.to);
    const left = sentence.plain.slice(0, span.from);
    const opens = /^(?:[^a-z]|an? )*$/.test(left.slice(Math.max(0, left.lastIndexOf('.'))));
    if (
      ALSO_WORDS.has(name.replaceAll(' ', '-')) &&
      (!/^\p{Lu}/u.test(typed) || (opens && left.trim() === ''))
    )
      return [];
    if (left.endsWith(TAKEN) && !left.trimEnd().endsWith(TAKEN)) return [];
    return NOT.test(left) ? [] : [{ span, value: BY_PLAIN.get(name) ?? typed }];
  });
  const values = new Set(found.map((it) => it.value));
  const [value] = values;
  const spans = found.map((it) => it.span);
  return value !== undefined && values.size === 1 ? { value, spans } : { spans };
}
