import { useNavigate, useParams } from 'react-router';
import { useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Item, ItemVersion } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Form } from '../../components/Form.tsx';
import { When } from '../../components/figures.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Table } from '../../components/Table.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useSealed } from '../../sealed/use-sealed.ts';
import { ItemActs } from './ItemActs.tsx';
import { type ItemDraft, ItemFields, tagsOf } from './ItemFields.tsx';
import { useItem } from './use-item.ts';

/** One item: its value now, and every version before. */
export default function EditItem() {
  const { id = '' } = useParams();
  const found = useItem(id);
  const back = { to: '/data', place: t.data.title };
  if (!found.item) {
    return (
      <Page title={t.data.label} back={back}>
        {found.isMissing ? <Missing /> : <Problem failure={found.failure} again={found.again} />}
      </Page>
    );
  }
  return <Edit key={id} item={found.item} />;
}

/** Not there, or locked. */
function Missing() {
  const { isLocked, kinds } = useSealed();
  if (!isLocked || kinds.length === 0) return <p>{t.frame.notFound}</p>;
  return (
    <div className="stack">
      <p>{t.keeping.lockedItem}</p>
      <Unlock />
    </div>
  );
}

function draftOf(item: Item): ItemDraft {
  const { property, label, value, note = '' } = item;
  return { property, label, value, note, tags: item.tags.join(', ') };
}

function Edit({ item }: { item: Item }) {
  const put = useAct('put-item');
  const say = useSay();
  const navigate = useNavigate();
  const draft = useDraft(`item-${item.id}`, { ...draftOf(item), seen: item.version });
  const properties = useAsk('list-properties', {}).data?.rows ?? [];
  const { value } = draft;
  const save = async () => {
    const { property, label, note, tags, seen } = value;
    const input = {
      id: item.id,
      property,
      value: value.value,
      label,
      note,
      tags: tagsOf(tags),
      ifVersion: seen,
    };
    const saved = await put.run(input);
    if (!saved) return;
    draft.replace({ ...draftOf(saved), seen: saved.version });
    draft.clear();
    say({ text: t.data.saved(saved.label) });
  };
  const takeNewest = () => {
    put.forget();
    draft.replace({ ...draftOf(item), seen: item.version });
    draft.clear();
  };
  return (
    <Page
      title={item.label}
      back={{ to: '/data', place: t.data.title }}
      acts={<ItemActs item={item} onRemoved={() => navigate('/data')} />}
    >
      {item.sharedWith > 0 ? <p className="notice">{t.data.sharedWarning(item.sharedWith)}</p> : null}
      <Form
        failure={put.failure}
        onSubmit={() => void save()}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={put.isBusy}>
              {t.data.save}
            </Button>
            {put.failure?.code === 'item-changed' ? (
              <Button onPress={takeNewest}>{t.data.seeNewest}</Button>
            ) : null}
          </>
        }
      >
        <ItemFields
          draft={value}
          property={properties.find((one) => one.property === item.property)}
          set={draft.set}
        />
      </Form>
      <Section title={t.data.history}>
        <History
          item={item}
          takeAgain={(version) => draft.set({ value: version.value, label: version.label })}
        />
      </Section>
    </Page>
  );
}

function History({ item, takeAgain }: { item: Item; takeAgain: (version: ItemVersion) => void }) {
  const history = useAsk('item-history', { id: item.id });
  const rows = history.data?.rows ?? [];
  if (history.failure) return <Problem failure={history.failure} again={history.again} />;
  if (rows.length < 2) return <p className="soft">{t.data.historyNone}</p>;
  return (
    <Table
      caption={t.data.history}
      rows={rows}
      keyOf={(row) => String(row.version)}
      columns={[
        { head: t.data.version, isFigure: true, isNamed: true, cell: (row) => row.version },
        { head: t.data.value, isLead: true, cell: (row) => row.value },
        { head: t.data.label, cell: (row) => row.label },
        { head: t.data.how, cell: (row) => t.data.hows[row.how] },
        { head: t.data.changed, cell: (row) => <When at={row.at} /> },
        {
          head: t.data.useAgain,
          isAct: true,
          cell: (row) =>
            row.version === item.version ? (
              t.data.current
            ) : (
              <Button
                kind="line"
                label={`${t.data.useAgain}: ${t.data.version} ${row.version}`}
                onPress={() => takeAgain(row)}
              >
                {t.data.useAgain}
              </Button>
            ),
        },
      ]}
    />
  );
}
