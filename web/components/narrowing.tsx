import { type ReactNode, useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { t } from '../i18n/index.ts';
import { useSearch } from './Rows.tsx';
import { SelectField } from './Select.tsx';

interface Narrowing<State extends string> {
  /** What the server is asked with. */
  asked: { search?: string; state?: State };
  isNarrowed: boolean;
  /** Goes to `Rows` as it is. */
  tools: {
    search: { text: string; set: (text: string) => void };
    isFiltered: boolean;
    clear: () => void;
    filters: ReactNode;
  };
}

/** Keeps the page's address in step with what a list is narrowed to, so that Back and a link find it again. */
export function useNoted(asked: Readonly<Record<string, string>>): void {
  const [params, setParams] = useSearchParams();
  const address = new URLSearchParams(asked).toString();
  const isNoted = address === params.toString();
  useEffect(() => {
    if (!isNoted) setParams(address, { replace: true });
  }, [address, isNoted, setParams]);
}

/** A search and a choice of states, as the lists of wants, relationships and listings have them. */
export function useNarrowing<State extends string>(
  label: string,
  states: readonly State[],
  names: Readonly<Record<State, string>>,
): Narrowing<State> {
  const [params, setParams] = useSearchParams();
  const search = useSearch(params.get('search') ?? '');
  const state = states.find((one) => one === params.get('state'));
  const asked = { ...(search.asked ? { search: search.asked } : {}), ...(state ? { state } : {}) };
  useNoted(asked);
  const choose = (value: string) => setParams({ ...asked, state: value }, { replace: true });
  const options = states.map((value) => ({ value, label: names[value] }));
  return {
    asked,
    isNarrowed: search.text !== '' || state !== undefined,
    tools: {
      search,
      isFiltered: state !== undefined,
      clear: () => {
        search.set('');
        setParams({}, { replace: true });
      },
      filters: (
        <SelectField
          label={label}
          value={state ?? ''}
          onChange={choose}
          options={[{ value: '', label: t.frame.all }, ...options]}
        />
      ),
    },
  };
}
