import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/Select.tsx';
import { t } from '../../i18n/index.ts';

interface Option {
  value: string;
  label: string;
  group?: string;
}

/** Something is chosen, and added with a press: whoever goes through the list with the arrows adds nothing on the way. */
export function AddOne(props: {
  label: string;
  choose: string;
  options: readonly Option[];
  onAdd: (value: string) => void;
  name?: string;
}) {
  const [value, setValue] = useState('');
  const chosen = props.options.some((option) => option.value === value) ? value : '';
  const add = () => {
    if (chosen !== '') props.onAdd(chosen);
    setValue('');
  };
  return (
    <div className="add-one">
      <SelectField
        label={props.label}
        value={chosen}
        options={[{ value: '', label: props.choose }, ...props.options]}
        onChange={setValue}
        {...(props.name ? { name: props.name } : {})}
      />
      <Button label={`${t.rules.add_}: ${props.label}`} isOff={chosen === ''} onPress={add}>
        {t.rules.add_}
      </Button>
    </div>
  );
}

/** What was added, each with a way to leave it out again. */
export function Chosen(props: {
  label: string;
  rows: readonly { key: string; label: string }[];
  act: string;
  actOf: (label: string) => string;
  onDrop: (key: string) => void;
}) {
  if (props.rows.length === 0) return null;
  return (
    <ul className="bare things" aria-label={props.label}>
      {props.rows.map((row) => (
        <li key={row.key}>
          <span>{row.label}</span>
          <Button kind="line" label={props.actOf(row.label)} onPress={() => props.onDrop(row.key)}>
            {props.act}
          </Button>
        </li>
      ))}
    </ul>
  );
}
