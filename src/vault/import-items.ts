import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type HomeId, newId } from '../kernel/ids.ts';
import { LIMITS } from '../kernel/limits.ts';
import type { PartyActor } from '../kernel/operation.ts';
import { ok, type Result } from '../kernel/result.ts';
import { uploadedFile } from '../kernel/upload.ts';
import type { BaseDeps, View } from '../storage/index.ts';
import { itemsFull } from './failures.ts';
import { knownFingerprints } from './find.ts';
import type { FileContent } from './found.ts';
import { headsOf } from './heads.ts';
import { VAULT_LIMITS } from './limits.ts';
import { modesOf } from './modes.ts';
import { type Plan, planImport, withoutKnown, withoutSealed } from './plan-import.ts';
import { newKept } from './put-item.ts';
import { fileTooLarge, readFileContent } from './read-file.ts';
import { countItems, insertItems } from './store.ts';

export const ImportItems = z.object({
  file: uploadedFile.describe('A .vcf (vCard 2.1, 3.0, 4.0) or JSON.'),
  dryRun: z.boolean().default(false).describe('Only report what would be taken.'),
  card: z.int().min(1).optional().describe('Which card is yours, when the file has several.'),
});

const line = z.int().min(0);

export const ImportReport = z.object({
  format: z.enum(['vcard', 'json']),
  isDryRun: z.boolean(),
  /** `line`: of the .vcf, or the place of the entry in JSON, from 1; `what`: its name in the file. */
  taken: z.array(z.object({ line, what: z.string(), property: z.string(), label: z.string() })),
  skipped: z.array(z.object({ line, what: z.string(), code: z.string(), why: z.string() })),
  /** Whole, also where the lists above end after the first 1,000. */
  counts: z.object({ taken: z.int(), alreadyThere: z.int(), skipped: z.int() }),
  /** Who is in the file, for choosing. */
  cards: z.array(z.object({ card: z.int(), line, name: z.string() })),
});

/**
 * Takes items from a file, all in one transaction, and reports line by line what was taken, what was not, and why.
 * What My data has already is not taken again. Fails, with nothing written, with the codes of read-file.ts and
 * `items-full`.
 */
export async function importItems(
  deps: BaseDeps,
  actor: PartyActor,
  input: z.output<typeof ImportItems>,
): Promise<Result<z.output<typeof ImportReport>>> {
  if (input.file.bytes > VAULT_LIMITS.fileBytes) return fileTooLarge();
  const content = readFileContent(new Uint8Array(await readFile(input.file.path)));
  if (!content.ok) return content;
  const plan = planImport(content.value, input.card);
  if (input.dryRun) {
    return deps.storage.read(async (view) => {
      const news = await newsOf(view, deps, actor.home, plan);
      const total = await countItems(view, actor.home);
      return total + news.planned.length > LIMITS.items ? itemsFull() : ok(report(content.value, news, true));
    });
  }
  return deps.storage.transact(actor.home, async (tx) => {
    const news = await newsOf(tx, deps, tx.home, plan);
    const total = await countItems(tx, tx.home);
    if (total + news.planned.length > LIMITS.items) return itemsFull();
    const now = deps.clock.now();
    const items = news.planned.map((p) => newKept(newId(deps.random), p.content, now));
    await insertItems(tx, deps, items, 'imported');
    return ok(report(content.value, news, false));
  });
}

/** What of a plan is new, and of a category that the node takes. */
async function newsOf(view: View, deps: BaseDeps, home: HomeId, plan: Plan): Promise<Plan> {
  const open = withoutSealed(plan, await modesOf(view, home));
  const fingerprints = open.planned.map((p) => p.fingerprint);
  return withoutKnown(open, knownFingerprints(await headsOf(view, deps, home), fingerprints));
}

function report(content: FileContent, plan: Plan, isDryRun: boolean): z.output<typeof ImportReport> {
  const shown = VAULT_LIMITS.reportLines;
  const alreadyThere = plan.skipped.filter((s) => s.code === 'already-there').length;
  return {
    format: content.format,
    isDryRun,
    taken: plan.planned.slice(0, shown).map(({ found, content: { property, label } }) => {
      return { line: found.line, what: found.what, property, label };
    }),
    skipped: plan.skipped.slice(0, shown).map(({ line, what, code, why }) => ({ line, what, code, why })),
    counts: { taken: plan.planned.length, alreadyThere, skipped: plan.skipped.length - alreadyThere },
    cards: content.cards.slice(0, shown).map(({ card, line, name }) => ({ card, line, name })),
  };
}
