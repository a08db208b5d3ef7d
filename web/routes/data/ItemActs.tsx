import { useAct } from '../../api/queries.ts';
import type { Item } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { TwoSteps } from '../../components/TwoSteps.tsx';
import { t } from '../../i18n/index.ts';
import { useVault } from '../../sealed/keeper.ts';
import { useErase } from '../../sealed/use-erase.ts';

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
      {isTrashed ? <Erase item={item} /> : null}
      <Problem failure={remove.failure ?? restore.failure} />
    </>
  );
}

/** What only devices open can be erased before its time in the trash is over. */
function Erase({ item }: { item: Item }) {
  const vault = useVault();
  const erase = useErase();
  const say = useSay();
  const isSealed = vault?.categories().some((it) => it.category === item.category && it.mode === 'sealed');
  if (!isSealed) return null;
  const act = async () => {
    if (await erase.run(item.id)) say({ text: t.keeping.erased(item.label) });
  };
  return (
    <>
      <TwoSteps
        kind="line"
        act={t.keeping.erase}
        label={t.keeping.eraseOf(item.label)}
        ask={t.keeping.eraseAsk(item.label)}
        what={t.keeping.eraseWhat}
        now={t.keeping.erase}
        isBusy={erase.isBusy}
        onDo={() => void act()}
      />
      <Problem failure={erase.failure} />
    </>
  );
}
