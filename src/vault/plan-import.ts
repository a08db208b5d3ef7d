import { entryOf } from './catalogue.ts';
import { contentOf } from './content.ts';
import { fingerprint } from './fingerprint.ts';
import type { Card, FileContent, Found, Skipped } from './found.ts';
import type { Category, CategoryMode, Content } from './model.ts';
import { isClosed } from './modes.ts';
import { PutItem } from './put-item.ts';

/** An item that an import would make. */
interface Planned {
  readonly found: Found;
  readonly content: Content;
  readonly fingerprint: string;
}

export interface Plan {
  readonly planned: readonly Planned[];
  readonly skipped: readonly Skipped[];
}

/**
 * What one file may bring into My data: the card asked for, or the only one. My data holds its owner's data, so a
 * whole address book brings nothing until a card is chosen.
 */
export function planImport(content: FileContent, chosen: number | undefined): Plan {
  const several = content.cards.length > 1;
  const planned: Planned[] = [];
  const skipped: Skipped[] = [...content.skipped];
  for (const card of content.cards) {
    if (chosen === undefined ? several : card.card !== chosen) {
      skipped.push(otherCard(card, content.cards.length, chosen === undefined));
      continue;
    }
    skipped.push(...card.skipped);
    for (const found of card.found) {
      const judged = judge(found);
      if ('code' in judged) skipped.push(judged);
      else planned.push(judged);
    }
  }
  return { planned, skipped: inOrder(skipped) };
}

function inOrder(skipped: readonly Skipped[]): Skipped[] {
  return skipped.toSorted((a, b) => a.line - b.line);
}

function otherCard({ card, line }: Card, of: number, isUndecided: boolean): Skipped {
  const why = isUndecided
    ? `The file has ${of} cards and My data holds yours: say which one, for example card ${card}.`
    : 'It is the card of somebody else.';
  return { line, what: `card ${card}`, code: 'somebody-else', why };
}

/** Checks one finding as put-item would. */
function judge(found: Found): Planned | Skipped {
  const { line, what, property, value, parts, label, note, tags } = found;
  const refuse = (why: string): Skipped => ({ line, what, code: 'value-unfit', why });
  const input = PutItem.safeParse({ property, value, parts, label, note, tags });
  if (!input.success) {
    const issue = input.error.issues[0];
    return refuse(`${String(issue?.path[0] ?? 'value')}: ${issue?.message ?? 'it does not fit.'}`);
  }
  const content = contentOf(input.data, undefined);
  if (!content.ok) return refuse(content.message);
  return {
    found,
    content: content.value,
    fingerprint: fingerprint(property, content.value.value),
  };
}

/** Leaves out what is of a category that only devices of its owner open. */
export function withoutSealed(plan: Plan, modes: ReadonlyMap<Category, CategoryMode>): Plan {
  const isSealed = ({ content }: Planned): boolean => isClosed(modes.get(entryOf(content.property).category));
  const skipped = plan.planned.filter(isSealed).map(({ found: { line, what } }): Skipped => {
    return { line, what, code: 'category-sealed', why: 'Only your own devices open this part of My data.' };
  });
  if (skipped.length === 0) return plan;
  const planned = plan.planned.filter((one) => !isSealed(one));
  return { planned, skipped: inOrder([...plan.skipped, ...skipped]) };
}

/** Leaves out what is already there, and what the file says twice. */
export function withoutKnown(plan: Plan, known: ReadonlySet<string>): Plan {
  const seen = new Set(known);
  const planned: Planned[] = [];
  const skipped: Skipped[] = [...plan.skipped];
  for (const one of plan.planned) {
    const { line, what } = one.found;
    if (seen.has(one.fingerprint)) {
      const why = known.has(one.fingerprint) ? 'My data has it already.' : 'The file has it twice.';
      skipped.push({ line, what, code: 'already-there', why });
    } else {
      seen.add(one.fingerprint);
      planned.push(one);
    }
  }
  return { planned, skipped: inOrder(skipped) };
}
