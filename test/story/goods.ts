export const GHENT = { id: '2797656', label: 'Ghent', country: 'BE', latE6: 51_050_000, lonE6: 3_716_670 };
export const TRUMPETS = 'ae-2-8-3-5-3';
export const DAY = 86_400_000;

/** A civil date so many days from an instant. */
export function dayAfter(now: number, days: number): string {
  return new Date(now + days * DAY).toISOString().slice(0, 10);
}

/** A used student trumpet in Ghent, 265 euro, reserved by whoever accepts first. */
export function trumpet(now: number, change: object = {}): object {
  return {
    title: 'Student trumpet, overhauled',
    category: TRUMPETS,
    price: { unit: 'EUR', value: '26500' },
    stock: 1,
    mode: 'firm',
    place: GHENT,
    reach: { level: 'local', km: 40 },
    attributes: { itemCondition: 'used' },
    acceptsTerms: ['SD-BASE'],
    delivery: { how: 'pickup', days: 3 },
    until: now + 60 * DAY,
    ...change,
  };
}

/** The want that the trumpet is for. */
export function trumpetWanted(now: number, change: object = {}): object {
  return {
    kind: 'goods',
    category: TRUMPETS,
    place: GHENT,
    radiusKm: 30,
    budget: { max: { unit: 'EUR', value: '30000' } },
    window: { until: dayAfter(now, 40) },
    attributes: { itemCondition: 'used' },
    words: 'a used trumpet for a beginner near Ghent, under 300 euro, before Christmas',
    ...change,
  };
}
