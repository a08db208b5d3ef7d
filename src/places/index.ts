export { continentOf } from './countries.ts';
export type {
  AreaId,
  Box,
  Level,
  Place,
  PlaceHint,
  PlaceMatch,
  PlaceSpan,
} from './model.ts';
export { openPlaces, type Places } from './open-places.ts';
export {
  areaIdOf,
  cellOf,
  codeOf,
  distanceKm,
  gridBox,
  levelOf,
  parents,
} from './rules.ts';
