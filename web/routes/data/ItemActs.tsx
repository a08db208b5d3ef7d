import { useAct } from '../../api/queries.ts';
import type { Item } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** To the trash, with Undo instead of a question; back from it. */
export function ItemActs({ item, onRemoved }: { item: Item; onRemoved?: () => void }) {
  const remove = useAct('remove-item');
  const restore = useAct('restore-item');
  const say = useSay();
  const doRemove = async () => {
    if (!(await remove.run({ id: item.id }))) return;
    say({ text: t.data.removed(item.label), undo: () => restore.run({ id: item.id }) });
    onRemoved?.();
  };
  const doRestore = async () => {
    if (await restore.run({ id: item.id })) say({ text: t.data.restored(item.label) });
  };
  const isTrashed = item.trashedAt !== undefined;
  return (
    <>
      <Button
        kind="line"
        label={`${isTrashed ? t.data.restore : t.data.remove}: ${item.label}`}
        isBusy={remove.isBusy || restore.isBusy}
        onPress={() => void (isTrashed ? doRestore() : doRemove())}
      >
        {isTrashed ? t.data.restore : t.data.remove}
      </Button>
      <Problem failure={remove.failure ?? restore.failure} />
    </>
  );
}
