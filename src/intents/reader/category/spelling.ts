/** Words shorter than this are not respelled: too many others are near. */
const SHORTEST = 6;
const VOWELS = 'aeiouy';

/**
 * The text with unknown words replaced by a known word that is one common slip away: a letter doubled or not, two
 * letters swapped, a vowel for another; undefined when nothing changes.
 */
export function respelled(text: string, isKnown: (word: string) => boolean): string | undefined {
  let changed = false;
  const words = text.split(' ').map((word) => {
    if (word.length < SHORTEST || !/^[a-z]+$/.test(word) || isKnown(word)) return word;
    const found = slips(word).find(isKnown);
    changed ||= found !== undefined;
    return found ?? word;
  });
  return changed ? words.join(' ') : undefined;
}

/** Spellings one slip away, the commonest slips first; each once. */
export function slips(word: string): string[] {
  const at = Array.from({ length: word.length }, (_, i) => i);
  const doubled = at.map((i) => word.slice(0, i) + word.charAt(i) + word.slice(i));
  const single = at.filter((i) => word[i] === word[i + 1]).map((i) => word.slice(0, i) + word.slice(i + 1));
  const swapped = at
    .slice(0, -1)
    .filter((i) => word[i] !== word[i + 1])
    .map((i) => word.slice(0, i) + word.charAt(i + 1) + word.charAt(i) + word.slice(i + 2));
  const vowels = at
    .filter((i) => VOWELS.includes(word.charAt(i)))
    .flatMap((i) =>
      [...VOWELS].filter((v) => v !== word[i]).map((v) => word.slice(0, i) + v + word.slice(i + 1)),
    );
  return [...new Set([...doubled, ...single, ...swapped, ...vowels])].filter((other) => other !== word);
}
