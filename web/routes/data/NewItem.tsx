import { useNavigate } from 'react-router';
import { useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { ItemCategory, Property } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Form } from '../../components/Form.tsx';
import { Page } from '../../components/Page.tsx';
import { SelectField } from '../../components/Select.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useSealed } from '../../sealed/use-sealed.ts';
import { ItemFields, NEW_ITEM, tagsOf } from './ItemFields.tsx';

export default function NewItem() {
  const put = useAct('put-item');
  const navigate = useNavigate();
  const say = useSay();
  const draft = useDraft('new-item', NEW_ITEM);
  const properties = useAsk('list-properties', {}).data?.rows ?? [];
  const { property, label, value, tags, note } = draft.value;
  const known = properties.find((one) => one.property === property);
  const sealed = useSealed();
  const isSealed = known !== undefined && sealed.closed.includes(known.category);
  const mustUnlock = isSealed && sealed.isLocked;
  const submit = async () => {
    const item = await put.run({
      property,
      value,
      ...(label.trim() ? { label } : {}),
      ...(note.trim() ? { note } : {}),
      tags: tagsOf(tags),
    });
    if (!item) return;
    draft.clear();
    say({ text: t.data.saved(item.label) });
    navigate('/data');
  };
  return (
    <Page title={t.data.newTitle} back={{ to: '/data', place: t.data.title }}>
      <Form
        failure={put.failure}
        onSubmit={() => void submit()}
        acts={
          <Button
            kind="act"
            type="submit"
            isBusy={put.isBusy}
            isOff={property === '' || mustUnlock || value.trim() === ''}
          >
            {t.data.save}
          </Button>
        }
      >
        <SelectField
          name="property"
          label={t.data.what}
          value={property}
          onChange={(next) => draft.set({ property: next })}
          options={[{ value: '', label: t.data.whatChoose }, ...optionsOf(properties)]}
        />
        {isSealed && known ? (
          <p className="hint">{t.keeping.staysHere(t.keeping.kinds[known.category])}</p>
        ) : null}
        {property === '' || mustUnlock ? null : (
          <ItemFields draft={draft.value} property={known} set={draft.set} />
        )}
      </Form>
      {mustUnlock && known ? (
        <div className="stack">
          <p>{t.keeping.lockedKind(t.keeping.kinds[known.category])}</p>
          <Unlock />
        </div>
      ) : null}
    </Page>
  );
}

function optionsOf(properties: readonly Property[]) {
  const names: Record<ItemCategory, string> = t.data.categories;
  return properties.map((one) => ({ value: one.property, label: one.label, group: names[one.category] }));
}
