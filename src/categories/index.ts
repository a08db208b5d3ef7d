export { openCategories } from './categories.ts';
export type {
  Attribute,
  Categories,
  Category,
  SearchHit,
} from './model.ts';
export { SAMPLE_CATEGORIES } from './sample.ts';
