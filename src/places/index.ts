export { continentNames, continentOf, countryCodes } from './countries.ts';
export type {
  Area,
  AreaId,
  Box,
  Continent,
  Level,
  Place,
  PlaceHint,
  PlaceMatch,
  PlaceSearch,
  PlaceSpan,
  Point,
  Region,
  SearchOutcome,
  Seat,
} from './model.ts';
export { placeLimits } from './model.ts';
export { openPlaces, type Places } from './open-places.ts';
export {
  areaContains,
  areaIdOf,
  areaWithin,
  boxContains,
  canonicalPoint,
  cellOf,
  codeOf,
  distanceKm,
  gridBox,
  levelOf,
  parents,
  type Where,
} from './rules.ts';
