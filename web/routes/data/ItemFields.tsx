import type { Property } from '../../api/shapes.ts';
import { AreaField, TextField } from '../../components/Field.tsx';
import { t } from '../../i18n/index.ts';

export interface ItemDraft {
  property: string;
  label: string;
  value: string;
  tags: string;
  note: string;
}

export const NEW_ITEM: ItemDraft = { property: '', label: '', value: '', tags: '', note: '' };

/** "a, b" as tags; empty ones and doubles fall away. */
export function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

const INPUTS = { email: 'email', phone: 'tel', date: 'date' } as const;
type Short = keyof typeof INPUTS;

/** The value by its kind, what I call it, tags and a note. */
export function ItemFields(props: {
  draft: ItemDraft;
  property: Pick<Property, 'kind' | 'example'> | undefined;
  set: (change: Partial<ItemDraft>) => void;
}) {
  const { draft, property, set } = props;
  const kind = property?.kind ?? 'text';
  const hint = property ? t.data.example(property.example) : undefined;
  const isLong = kind === 'address' || kind === 'long' || kind === 'text';
  return (
    <>
      {isLong ? (
        <AreaField
          name="value"
          label={t.data.value}
          hint={hint}
          value={draft.value}
          onChange={(value) => set({ value })}
          rows={kind === 'text' ? 1 : 3}
        />
      ) : (
        <TextField
          name="value"
          type={kind in INPUTS ? INPUTS[kind as Short] : 'text'} // `in` has just told
          label={t.data.value}
          hint={hint}
          value={draft.value}
          onChange={(value) => set({ value })}
        />
      )}
      <TextField
        name="label"
        label={`${t.data.ownLabel} (${t.frame.optional})`}
        hint={t.data.ownLabelHint}
        value={draft.label}
        onChange={(label) => set({ label })}
        maxLength={200}
      />
      <TextField
        name="tags"
        label={`${t.data.tags} (${t.frame.optional})`}
        hint={t.data.tagsHint}
        value={draft.tags}
        onChange={(tags) => set({ tags })}
      />
      <AreaField
        name="note"
        label={`${t.data.note} (${t.frame.optional})`}
        value={draft.note}
        onChange={(note) => set({ note })}
        rows={1}
      />
    </>
  );
}
