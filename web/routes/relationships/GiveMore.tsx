import { useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Vault } from '../../../device/index.ts';
import { useAsk, useRows } from '../../api/queries.ts';
import type { Item, Relationship } from '../../api/shapes.ts';
import { Button, LinkButton } from '../../components/Button.tsx';
import { useNoted } from '../../components/narrowing.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { Rows, useSearch } from '../../components/Rows.tsx';
import { SelectField } from '../../components/Select.tsx';
import type { Column } from '../../components/Table.tsx';
import { formatList } from '../../i18n/format.ts';
import { giving } from '../../i18n/giving.ts';
import { t } from '../../i18n/index.ts';
import { Unlock } from '../../sealed/Unlock.tsx';
import { useSealed } from '../../sealed/use-sealed.ts';
import { CATEGORIES, kindOf } from '../data/kinds.ts';
import { useItem } from '../data/use-item.ts';
import { GiveOne } from './GiveOne.tsx';

/** Something of mine for the other side, whether or not it was ever promised: first what, then on which terms. */
export default function GiveMore() {
  const { id = '', item } = useParams();
  const asked = useAsk('get-relationship', { relationship: id });
  const relationship = asked.data;
  if (!relationship) {
    return (
      <Page title={giving.more} back={{ to: '/relationships', place: t.relationships.title }}>
        <Problem failure={asked.failure} again={asked.again} />
        {asked.isLoading ? <p className="hint">{t.frame.loading}</p> : null}
      </Page>
    );
  }
  if (item !== undefined) return <One relationship={relationship} id={item} />;
  return (
    <Page
      title={giving.moreTitle(relationship.with.name)}
      lead={giving.moreLead}
      back={{ to: `/relationships/${id}`, place: relationship.title }}
      other={relationship.with}
    >
      {relationship.state === 'active' ? <Choose relationship={id} /> : <p>{giving.moreNotNow}</p>}
    </Page>
  );
}

const NONE: ReadonlySet<string> = new Set();

function columns(relationship: string, here: ReadonlySet<string>): readonly Column<Item>[] {
  return [
    {
      head: t.data.label,
      isLead: true,
      cell: (item) => (
        <Link to={`/relationships/${relationship}/give/${item.id}`} data-row>
          {item.label}
        </Link>
      ),
    },
    { head: t.data.value, cell: (item) => <span className="clip">{item.value}</span> },
    { head: t.data.tags, cell: (item) => item.tags.join(', ') || null },
    {
      head: t.keeping.who,
      isNamed: true,
      cell: (item) => (here.has(item.id) ? t.keeping.devices : t.keeping.node),
    },
  ];
}

/** All that I hold, what only my devices open among it while that is open here. */
function Choose({ relationship }: { relationship: string }) {
  const [params] = useSearchParams();
  const search = useSearch(params.get('search') ?? '');
  const [category, setCategory] = useState(kindOf(params.get('category')));
  const { isLocked, kinds, alone, vault } = useSealed();
  const isOfDevices = category !== undefined && alone.includes(category);
  // While it is locked the node would be told the words, and has nothing to find.
  const words = search.asked === undefined || (isLocked && isOfDevices) ? {} : { search: search.asked };
  useNoted({ ...(search.asked ? { search: search.asked } : {}), ...(category ? { category } : {}) });
  const asked = { ...words, ...(category ? { category } : {}) };
  const listed = useRows('list-items', asked, { state: isLocked ? 'locked' : 'open' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the vault has changes with the rows
  const here = useMemo(() => (vault ? idsIn(vault) : NONE), [vault, listed.rows]);
  return (
    <div className="stack">
      <Opening />
      {kinds.length > 0 && !isOfDevices ? <p className="hint">{t.keeping.searchSeen}</p> : null}
      <Rows
        caption={giving.more}
        listed={listed}
        columns={columns(relationship, here)}
        keyOf={(item) => item.id}
        search={search}
        keepTools
        isFiltered={category !== undefined}
        clear={() => {
          search.set('');
          setCategory(undefined);
        }}
        filters={
          <SelectField
            label={t.data.category}
            value={category ?? ''}
            onChange={(value) => setCategory(kindOf(value))}
            options={[
              { value: '', label: t.frame.all },
              ...CATEGORIES.map((value) => ({ value, label: t.data.categories[value] })),
            ]}
          />
        }
        empty={
          <div className="empty">
            <p>{isLocked && kinds.length > 0 ? t.keeping.emptyLocked : giving.moreEmpty}</p>
            <LinkButton to="/data">{t.frame.data}</LinkButton>
          </div>
        }
      />
    </div>
  );
}

/** What only my devices open is in the list, or how it comes there. */
function Opening({ isOne = false }: { isOne?: boolean }) {
  const { vault, kinds } = useSealed();
  const [isAsked, setAsked] = useState(false);
  // Files are not given.
  const named = kinds.filter((kind) => kind !== 'file').map((kind) => t.keeping.kinds[kind]);
  if (named.length === 0) return isOne ? <p>{t.frame.notFound}</p> : null;
  if (vault)
    return isOne ? <p>{t.frame.notFound}</p> : <p className="notice">{giving.moreOpen(formatList(named))}</p>;
  return (
    <div className="notice stack">
      <p>{isOne ? giving.moreLockedOne : giving.moreLocked(formatList(named))}</p>
      {isAsked ? (
        <Unlock onCancel={() => setAsked(false)} />
      ) : (
        <div className="acts">
          <Button small onPress={() => setAsked(true)}>
            {t.keeping.unlock}
          </Button>
        </div>
      )}
    </div>
  );
}

/** What was chosen. */
function One({ relationship, id }: { relationship: Relationship; id: string }) {
  const { name } = relationship.with;
  const { item, isMissing, failure, again } = useItem(id);
  const { vault } = useSealed();
  const back = { to: `/relationships/${relationship.id}/give`, place: giving.more };
  return (
    <Page
      title={item ? giving.moreOne(item.label, name) : giving.moreTitle(name)}
      back={back}
      other={relationship.with}
    >
      <Problem failure={failure} again={again} />
      {isMissing ? <Opening isOne /> : null}
      {item && relationship.state !== 'active' ? <p>{giving.moreNotNow}</p> : null}
      {item && relationship.state === 'active' ? (
        <GiveOne
          relationship={relationship}
          item={item}
          vault={vault && idsIn(vault).has(id) ? vault : undefined}
        />
      ) : null}
    </Page>
  );
}

/** Which of the two has an item is asked of the vault, since a kind may be half way between them. */
function idsIn(vault: Vault): ReadonlySet<string> {
  return new Set(vault.list({ limit: Number.MAX_SAFE_INTEGER }).rows.map((head) => head.id));
}
