import { type ReactNode, useEffect } from 'react';
import { useSearchParams } from 'react-router';
import { t } from '../i18n/index.ts';
import { useSearch } from './Rows.tsx';
import { SelectField } from './Select.tsx';

interface Narrowing<State extends string> {
  /** What the server is asked with. */
  asked: { search?: string; state?: State };
  state: State | undefined;
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

/**
 * A search and a choice of states, as the lists of wants, relationships and listings have them: all of them until one is
 * chosen, or with `first` that one, where not all are shown together.
 */
export function useNarrowing<State extends string>(
  label: string,
  states: readonly State[],
  names: Readonly<Record<State, string>>,
  first?: State,
): Narrowing<State> {
  const [params, setParams] = useSearchParams();
  const search = useSearch(params.get('search') ?? '');
  const state = states.find((one) => one === params.get('state')) ?? first;
  const isChosen = state !== first;
  const typed = search.asked ? { search: search.asked } : {};
  const asked = { ...typed, ...(state ? { state } : {}) };
  useNoted({ ...typed, ...(isChosen && state ? { state } : {}) });
  const choose = (value: string) => setParams({ ...typed, state: value }, { replace: true });
  const options = states.map((value) => ({ value, label: names[value] }));
  return {
    asked,
    state,
    isNarrowed: search.text !== '' || isChosen,
    tools: {
      search,
      isFiltered: isChosen,
      clear: () => {
        search.set('');
        setParams({}, { replace: true });
      },
      filters: (
        <SelectField
          label={label}
          value={state ?? ''}
          onChange={choose}
          options={first === undefined ? [{ value: '', label: t.frame.all }, ...options] : options}
        />
      ),
    },
  };
}
