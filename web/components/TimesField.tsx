import { t } from '../i18n/index.ts';
import { Check } from './Choices.tsx';
import { TextField } from './Field.tsx';

const MOST = 100;

/** Whether what was typed is a number of openings. */
export function isTimes(text: string): boolean {
  return /^[1-9][0-9]{0,2}$/.test(text) && Number(text) <= MOST;
}

/** As often as they like, or so many times only: what is typed, and nothing for no number. */
export function TimesField(props: {
  name?: string;
  about: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { value, onChange } = props;
  return (
    <>
      <Check
        label={t.grants.timesAsk}
        about={props.about}
        value={value !== undefined}
        onChange={(isCounted) => onChange(isCounted ? '3' : undefined)}
      />
      {value === undefined ? null : (
        <TextField
          {...(props.name ? { name: props.name } : {})}
          type="number"
          min="1"
          label={t.grants.timesLabel}
          value={value}
          onChange={onChange}
          wrong={isTimes(value) ? undefined : t.grants.timesRange(MOST)}
        />
      )}
    </>
  );
}
