import { type FormEvent, useId, useState } from 'react';
import { useAsk } from '../../api/queries.ts';
import { ActOnTicked, useActOnTicked } from '../../components/ActOnTicked.tsx';
import { Button } from '../../components/Button.tsx';
import { t } from '../../i18n/index.ts';

/** What can be done with items that are ticked. */
export function DataActs() {
  const [isTagging, setTagging] = useState(false);
  if (isTagging) return <TagForm close={() => setTagging(false)} />;
  return (
    <>
      <ActOnTicked name="remove-items" act={t.data.remove} done={t.data.manyRemoved} undo="restore-items" />
      <Button small onPress={() => setTagging(true)}>
        {t.data.tagAct}
      </Button>
    </>
  );
}

export function TrashActs() {
  return (
    <ActOnTicked name="restore-items" act={t.data.restore} done={t.data.manyRestored} undo="remove-items" />
  );
}

/** A tag is typed, or taken from those there are, and put on or taken off. */
function TagForm({ close }: { close: () => void }) {
  const [tag, setTag] = useState('');
  const [list, field] = [useId(), useId()];
  const tags = useAsk('list-tags', {}).data?.rows ?? [];
  const typed = tag.trim();
  const put = useActOnTicked('tag-items', {
    done: (count) => t.data.manyTagged(count, typed),
    undo: 'untag-items',
  });
  const take = useActOnTicked('untag-items', {
    done: (count) => t.data.manyUntagged(count, typed),
    undo: 'tag-items',
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed !== '') void put({ tag: typed });
  };
  return (
    <form className="tag-form" onSubmit={submit}>
      <label htmlFor={field}>{t.data.tag}</label>
      <input
        id={field}
        list={list}
        value={tag}
        maxLength={40}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: it was just asked for, and is the one field
        autoFocus
        onChange={(event) => setTag(event.target.value)}
      />
      <datalist id={list}>
        {tags.map((row) => (
          <option key={row.tag} value={row.tag} />
        ))}
      </datalist>
      <Button small type="submit" isOff={typed === ''}>
        {t.data.tagPut}
      </Button>
      <Button small isOff={typed === ''} onPress={() => void take({ tag: typed })}>
        {t.data.tagTake}
      </Button>
      <Button small onPress={close}>
        {t.frame.cancel}
      </Button>
    </form>
  );
}
