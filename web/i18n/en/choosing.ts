/** One of many relationships is chosen. */
export const choosing = {
  search: 'Search your relationships',
  more: 'The newest 100 can be chosen here; a search finds the others, by name and by what it is about.',
  gone: 'a relationship that is not here any more',
};
