import type { ReactNode } from 'react';
import { Tied, useTies } from './Field.tsx';

interface Option {
  value: string;
  label: string;
  /** Options of one group stand together under its name. */
  group?: string;
}

/** The system's own list: the best one on phones, and the keyboard knows it. */
export function SelectField(props: {
  label: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
  name?: string;
  hint?: ReactNode;
  wrong?: string | undefined;
  isHiddenLabel?: boolean;
}) {
  const ties = useTies(props.name, props.hint, props.wrong);
  const loose = props.options.filter((option) => option.group === undefined);
  const groups = Map.groupBy(
    props.options.filter((option) => option.group !== undefined),
    (option) => option.group,
  );
  return (
    <Tied {...props} id={ties.id} wrong={ties.wrong}>
      <select {...ties.input} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        <Options options={loose} />
        {[...groups].map(([group, options]) => (
          <optgroup key={group} label={group}>
            <Options options={options} />
          </optgroup>
        ))}
      </select>
    </Tied>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.label}
    </option>
  ));
}
