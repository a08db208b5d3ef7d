import { type ReactNode, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { idsThatFit } from '../../api/many.ts';
import { useAsk, useRows } from '../../api/queries.ts';
import type { Item } from '../../api/shapes.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Check } from '../../components/Choices.tsx';
import { Empty } from '../../components/Empty.tsx';
import { When } from '../../components/figures.tsx';
import { useNoted } from '../../components/narrowing.tsx';
import { Page } from '../../components/Page.tsx';
import { isBare, Rows, useSearch } from '../../components/Rows.tsx';
import { SelectField } from '../../components/Select.tsx';
import type { Column } from '../../components/Table.tsx';
import { t } from '../../i18n/index.ts';
import { SealedNotice } from '../../sealed/SealedNotice.tsx';
import { useSealed } from '../../sealed/use-sealed.ts';
import { DataActs, TrashActs } from './DataActs.tsx';
import { ItemActs } from './ItemActs.tsx';
import { CATEGORIES, kindOf } from './kinds.ts';

const COLUMNS: readonly Column<Item>[] = [
  {
    head: t.data.label,
    isLead: true,
    cell: (item) =>
      item.trashedAt === undefined ? (
        <Link to={`/data/${item.id}`} data-row>
          {item.label}
        </Link>
      ) : (
        item.label
      ),
  },
  { head: t.data.value, cell: (item) => <span className="clip">{item.value}</span> },
  { head: t.data.tags, cell: (item) => item.tags.join(', ') || null },
  { head: t.data.shared, isNamed: true, cell: (item) => t.data.sharedWith(item.sharedWith) },
  { head: t.data.changed, isNamed: true, cell: (item) => <When at={item.updatedAt} isStop={false} /> },
  { head: t.data.remove, isAct: true, cell: (item) => <ItemActs item={item} /> },
];

const nameOf = (item: Item) => item.label;

interface Filters {
  category: string;
  tag: string;
  isTrash: boolean;
}
const ALL: Filters = { category: '', tag: '', isTrash: false };

/** The search and the filters, as the page's address has them. */
function useFilters() {
  const [params] = useSearchParams();
  const search = useSearch(params.get('search') ?? '');
  const [filters, setFilters] = useState<Filters>({
    category: params.get('category') ?? '',
    tag: params.get('tag') ?? '',
    isTrash: params.has('trash'),
  });
  const { category, tag, isTrash } = filters;
  useNoted({
    ...(search.asked ? { search: search.asked } : {}),
    ...(category ? { category } : {}),
    ...(tag ? { tag } : {}),
    ...(isTrash ? { trash: 'yes' } : {}),
  });
  return { search, filters, setFilters, isNarrowed: search.text !== '' || category + tag !== '' || isTrash };
}

function wordsOf(search: string | undefined, tag: string) {
  return { ...(search ? { search } : {}), ...(tag ? { tag } : {}) };
}

/** Everything I hold about myself, with a search, two filters and the trash. */
export default function Data() {
  const { search, filters, setFilters, isNarrowed } = useFilters();
  const category = kindOf(filters.category);
  const { isLocked, kinds, alone } = useSealed();
  const isOfDevices = category !== undefined && alone.includes(category);
  // While it is locked the node would be told the words, and has nothing to find.
  const words = isLocked && isOfDevices ? {} : wordsOf(search.asked, filters.tag);
  const asked = {
    ...words,
    ...(category ? { category } : {}),
    trashed: filters.isTrash,
  };
  const listed = useRows('list-items', asked, { state: isLocked ? 'locked' : 'open' });
  const add = (
    <LinkButton kind="act" to="/data/new">
      {t.data.add}
    </LinkButton>
  );
  return (
    <Page
      title={t.data.title}
      lead={t.data.lead}
      acts={
        <>
          {isBare(listed, isNarrowed) ? null : add}
          <LinkButton to="/data/import">{t.data.import}</LinkButton>
          <LinkButton to="/data/files">{t.files.open}</LinkButton>
          <LinkButton to="/data/proofs">{t.proofs.open}</LinkButton>
          <LinkButton to="/data/rules">{t.rules.open}</LinkButton>
        </>
      }
    >
      {filters.isTrash ? <p className="notice">{t.data.trashLead}</p> : null}
      <SealedNotice />
      {kinds.length > 0 && !isOfDevices ? <p className="hint">{t.keeping.searchSeen}</p> : null}
      <Rows
        caption={t.data.title}
        listed={listed}
        columns={COLUMNS}
        keyOf={(item) => item.id}
        many={{
          nameOf,
          acts: filters.isTrash ? <TrashActs /> : <DataActs />,
          all: () => idsThatFit('list-items', asked),
        }}
        search={search}
        keepTools
        isFiltered={filters.category !== '' || filters.tag !== ''}
        clear={() => {
          search.set('');
          setFilters(ALL);
        }}
        filters={<ItemFilters filters={filters} set={(change) => setFilters({ ...filters, ...change })} />}
        empty={
          filters.isTrash ? (
            <p className="soft">{t.data.emptyTrash}</p>
          ) : (
            <EmptyList isLocked={isLocked && kinds.length > 0} add={add} />
          )
        }
      />
    </Page>
  );
}

/** What is not listed while it is locked may be there all the same. */
function EmptyList({ isLocked, add }: { isLocked: boolean; add: ReactNode }) {
  if (isLocked) return <p className="soft">{t.keeping.emptyLocked}</p>;
  return <Empty title={t.data.emptyTitle} text={t.data.empty} example={t.data.emptyExample} act={add} />;
}

function ItemFilters({ filters, set }: { filters: Filters; set: (change: Partial<Filters>) => void }) {
  const tags = useAsk('list-tags', {}).data?.rows ?? [];
  return (
    <>
      <SelectField
        label={t.data.category}
        value={filters.category}
        onChange={(category) => set({ category })}
        options={[
          { value: '', label: t.frame.all },
          ...CATEGORIES.map((value) => ({ value, label: t.data.categories[value] })),
        ]}
      />
      {tags.length > 0 ? (
        <SelectField
          label={t.data.tag}
          value={filters.tag}
          onChange={(tag) => set({ tag })}
          options={[
            { value: '', label: t.frame.all },
            ...tags.map((row) => ({ value: row.tag, label: `${row.tag} (${row.items})` })),
          ]}
        />
      ) : null}
      <Check label={t.data.trash} value={filters.isTrash} onChange={(isTrash) => set({ isTrash })} />
    </>
  );
}
