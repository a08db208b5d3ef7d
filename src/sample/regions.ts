/** A part of the world that the sample market covers. Names of people and shops are invented. */
export interface Region {
  readonly country: string;
  readonly currency: string;
  /** Smallest units of the currency for one euro cent of the curated price ranges, times 100: a rough level, no rate. */
  readonly pricePerCent: number;
  /** Prices end on a multiple of this many smallest units. */
  readonly roundTo: number;
  /** Towns by the name the gazetteer knows, the larger ones more than once so that more is sold there. */
  readonly towns: readonly string[];
  readonly surnames: readonly string[];
  readonly words: readonly string[];
}

export const REGIONS: readonly Region[] = [
  {
    country: 'BE',
    currency: 'EUR',
    pricePerCent: 100,
    roundTo: 500,
    towns: [
      'Ghent',
      'Ghent',
      'Ghent',
      'Antwerp',
      'Antwerp',
      'Brussels',
      'Brussels',
      'Bruges',
      'Aalst',
      'Kortrijk',
    ],
    surnames: [
      ...['Verhulst', 'Dewaele', 'Maertens', 'Callebaut', 'Vercruysse', 'Baeten', 'Lambrecht', 'De Smedt'],
      ...['Delvaux', 'Goossens', 'Vanhoutte', 'Claessens', 'Lenaerts', 'Bogaert', 'Poelman', 'Stevens'],
    ],
    words: [
      'De Blauwe Poort',
      'Het Oude Atelier',
      'Maison du Canal',
      'De Werkplaats',
      'Tweede Adem',
      'Kasteelhof',
    ],
  },
  {
    country: 'US',
    currency: 'USD',
    pricePerCent: 115,
    roundTo: 500,
    towns: [
      'Portland',
      'Portland',
      'Portland',
      'Salem',
      'Salem',
      'Vancouver',
      'Vancouver',
      'Beaverton',
      'Gresham',
    ],
    surnames: [
      ...['Halvorsen', 'Whitaker', 'Okafor', 'Lindqvist', 'Marsh', 'Delgado', 'Nakamura', 'Pruitt'],
      ...['Sandoval', 'Ashby', 'Kowalski', 'Brennan', 'Tran', 'Hollis', 'Mercer', 'Yates'],
    ],
    words: ['Juniper Street', 'Two Rivers', 'Salmon Creek', 'Alder & Oak', 'Second Wind', 'Stumptree'],
  },
  {
    country: 'KE',
    currency: 'KES',
    pricePerCent: 6000,
    roundTo: 5000,
    towns: ['Nairobi', 'Nairobi', 'Nairobi', 'Nairobi', 'Thika', 'Nakuru', 'Nakuru', 'Kiambu'],
    surnames: [
      ...['Mwangi', 'Wanjiru', 'Otieno', 'Kamau', 'Achieng', 'Njeri', 'Kiprop', 'Mutua'],
      ...['Wafula', 'Nyambura', 'Odhiambo', 'Chebet', 'Maina', 'Atieno', 'Karanja', 'Muthoni'],
    ],
    words: ['Jacaranda', 'Ridgeways', 'Uzuri', 'Kijani', 'Tatu Bora', 'Savanna'],
  },
];

/** What the shops of each branch of the taxonomy call themselves. */
export const TRADES: Readonly<Record<string, readonly string[]>> = {
  ae: ['Music', 'Instruments', 'Arts'],
  sg: ['Cycles', 'Outdoors', 'Sports'],
  hg: ['Home & Garden', 'Household', 'Garden'],
  fr: ['Furniture', 'Interiors', 'Woodwork'],
  el: ['Electronics', 'Computers', 'Sound & Vision'],
  aa: ['Clothing', 'Wardrobe', 'Outfitters'],
  sv: ['Services', '& Partners', 'Helping Hands'],
  other: ['General Store', 'Trading', 'Market Hall'],
};
