import { type Failure, fail, type Result } from '../src/kernel/result.ts';
import { readLine } from '../src/kernel/text.ts';
import { itemTrashed } from '../src/vault/failures.ts';
import { fold } from '../src/vault/fold.ts';
import { VAULT_LIMITS } from '../src/vault/limits.ts';
import { nextVersion, onEach, type Told } from './change.ts';
import type { Session } from './session.ts';
import type { KnownHead } from './state.ts';

/** Puts a tag on items. Each that cannot take it is told with `item-unknown`, `item-trashed`, `tag-there`, `tags-full`. */
export function tagThese(session: Session, ids: readonly string[], text: string): Promise<Result<Told>> {
  return retag(session, ids, text, (tags, tag) => {
    if (has(tags, tag)) return fail('tag-there', 'This item has the tag already.', 'Nothing more is needed.');
    if (tags.length >= VAULT_LIMITS.tags) {
      return fail('tags-full', `An item takes at most ${VAULT_LIMITS.tags} tags.`, 'Take one off first.');
    }
    return [...tags, tag];
  });
}

/** Takes a tag off items. Each that cannot lose it is told with `item-unknown`, `item-trashed`, `tag-not-there`. */
export function untagThese(session: Session, ids: readonly string[], text: string): Promise<Result<Told>> {
  return retag(session, ids, text, (tags, tag) =>
    has(tags, tag)
      ? tags.filter((it) => fold(it) !== fold(tag))
      : fail('tag-not-there', 'This item does not have the tag.', 'Nothing more is needed.'),
  );
}

function has(tags: readonly string[], tag: string): boolean {
  return tags.some((it) => fold(it) === fold(tag));
}

type Rule = (tags: readonly string[], tag: string) => readonly string[] | Failure;

async function retag(
  session: Session,
  ids: readonly string[],
  text: string,
  rule: Rule,
): Promise<Result<Told>> {
  const tag = readLine(text, VAULT_LIMITS.tagChars);
  if (!tag.ok) return fail('input-invalid', tag.message, 'Write another tag.', { tag: tag.message });
  const refuse = (head: KnownHead): Failure | undefined => {
    if (head.trashedAt !== null) return itemTrashed();
    const tags = rule(head.tags, tag.value);
    return 'code' in tags ? tags : undefined;
  };
  return onEach(session, {
    ids,
    refuse,
    write: async (draft, opened) => {
      const tags = rule(opened.item.content.tags, tag.value);
      if ('code' in tags) return;
      const content = { ...opened.item.content, tags };
      await nextVersion(session.s, draft, opened, { content, how: 'put', trashedAt: null });
    },
  });
}
