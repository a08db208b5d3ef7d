import type { Make } from './made.ts';
import type { Story } from './story.ts';

/** What is asked in one call. */
export interface Ask {
  readonly input: object;
  readonly file?: Blob;
  /** What somebody else sends in its place, where the right secret would make them Maya. */
  readonly others?: object;
  /** What the other side of the relationship sends in its place, where what it may do is its own: anew for its call. */
  readonly side?: object;
  /** How it ends for Maya, where doing it would end the story or needs another node; else it is done. */
  readonly ends?: string;
  /** A call takes a good part of a second: of those who may, only some are tried. */
  readonly isCostly?: true;
  /** Making the thing takes long: those of hers who come second find it as the first has left it. */
  readonly isSlow?: true;
  /** Put right before every call. */
  readonly before?: () => Promise<void>;
}

export type Asks = (story: Story) => Promise<Ask>;
type More = Omit<Ask, 'input'>;

export const costly = { isCostly: true } as const;
export const slow = { isSlow: true } as const;

/** Names nothing that has to be made first. */
export const plain =
  (input: object = {}, more: More = {}): Asks =>
  async () => ({ input, ...more });
export const of =
  (input: (story: Story) => Promise<object> | object, more: More = {}): Asks =>
  async (story) => ({ input: await input(story), ...more });
/** Names one thing of Maya's, or that thing alone where many can be named. */
export const one = (name: string, make: Make, rest: object = {}, more: More = {}): Asks =>
  of(async (story) => ({ [name]: await make(story), ...rest }), more);
export const many = (make: Make, rest: object = {}, more: More = {}): Asks =>
  of(async (story) => ({ ids: [await make(story)], ...rest }), more);
export const inRelationship = (rest: object = {}): Asks =>
  of(({ relationships }) => ({ relationship: relationships.brass, ...rest }));
