import type { ColumnTypes } from '../migrate.ts';

/** The hash of the token that a browser's session goes on under, where a sign-in gave it a new one. */
export const replacedTokens = ({ text }: ColumnTypes): readonly string[] => [
  `alter table sessions add column replaced_by ${text}`,
];
