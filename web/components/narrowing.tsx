import { type ReactNode, useState } from 'react';
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

/** A search and a choice of states, as the lists of wants, relationships and listings have them. */
export function useNarrowing<State extends string>(
  label: string,
  states: readonly State[],
  names: Readonly<Record<State, string>>,
): Narrowing<State> {
  const search = useSearch();
  const [state, setState] = useState<State>();
  const choose = (value: string) => setState(states.find((one) => one === value));
  const options = states.map((value) => ({ value, label: names[value] }));
  return {
    asked: { ...(search.asked ? { search: search.asked } : {}), ...(state ? { state } : {}) },
    isNarrowed: search.text !== '' || state !== undefined,
    tools: {
      search,
      isFiltered: state !== undefined,
      clear: () => {
        search.set('');
        setState(undefined);
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
