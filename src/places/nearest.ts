import type { Point } from './model.ts';
import { canonicalPoint, distanceKm } from './rules.ts';

/** Where a place is, without the rest of it. */
export type Spot = Point & { readonly id: number };

const ROW_STEP = 350_000;
/** A degree of latitude is at least this many kilometres on the sphere of `distanceKm`. */
const KM_PER_DEGREE = 111.19;
/** No two spots are further apart. */
const HALF_ROUND_KM = 20_016;

/** The id of the spot nearest to a point: searches rings of growing radius; the best within a whole ring cannot be beaten from outside it. */
export function nearestIn(
  inRow: (row: number, west: number, east: number) => readonly Spot[],
  from: Point,
): number | undefined {
  const point = canonicalPoint(from);
  for (let km = 12; ; km *= 2) {
    const span = Math.ceil((km / KM_PER_DEGREE) * 1e6);
    let best: { id: number; km: number } | undefined;
    for (const row of rowsOf({ south: point.latE6 - span, north: point.latE6 + span })) {
      for (const [west, east] of longitudesWithin(point, span)) {
        for (const spot of inRow(row, west, east)) {
          const distance = distanceKm(point, spot);
          if (best === undefined || distance < best.km) best = { id: spot.id, km: distance };
        }
      }
    }
    if (best !== undefined && best.km <= km) return best.id;
    if (km > HALF_ROUND_KM) return best?.id;
  }
}

/** The longitudes that a circle of `span` microdegrees reaches: all of them around a pole, two ranges across 180. */
function longitudesWithin(point: Point, span: number): [west: number, east: number][] {
  const ALL: [number, number][] = [[-180_000_000, 180_000_000]];
  if (Math.abs(point.latE6) + span >= 90_000_000) return ALL;
  const radians = Math.PI / 180 / 1e6;
  // Half the width of a spherical cap in longitude.
  const half = Math.ceil(Math.asin(Math.sin(span * radians) / Math.cos(point.latE6 * radians)) / radians);
  const [west, east] = [point.lonE6 - half, point.lonE6 + half];
  if (west < -180_000_000) {
    return [
      [-180_000_000, east],
      [west + 360_000_000, 180_000_000],
    ];
  }
  if (east > 180_000_000) {
    return [
      [west, 180_000_000],
      [-180_000_000, east - 360_000_000],
    ];
  }
  return [[west, east]];
}

/** The rows of the small grid that a band of latitudes touches; the gazetteer is indexed by them. */
export function rowsOf(box: { readonly south: number; readonly north: number }): number[] {
  const rowOf = (latE6: number) => Math.floor((latE6 + 90_000_000) / ROW_STEP);
  const first = rowOf(Math.max(box.south, -90_000_000));
  const last = rowOf(Math.min(box.north, 90_000_000));
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
