/** The form that English takes for a count; other languages bring their own. */
export function plural(count: number, one: string, other: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : other}`;
}
