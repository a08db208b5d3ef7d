import { useId, useState } from 'react';
import type { Amount } from '../api/shapes.ts';
import { fromDecimal, moneyDigits, toDecimal } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { useWrong } from './Problem.tsx';

const UNITS = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'KES', 'hours', 'favour', 'goods'];

/** Digits behind the point as they are typed; hours are typed as decimals and kept in minutes. */
function shown(amount: Amount | undefined): string {
  if (!amount) return '';
  const digits = moneyDigits(amount.unit);
  if (digits !== undefined) return toDecimal(amount.value, digits).replace(/\.0+$/, '');
  return amount.unit === 'hours' ? String(Number(amount.value) / 60) : amount.value;
}

function typed(text: string, unit: string): Amount | undefined {
  if (unit === 'hours') {
    const hundredths = fromDecimal(text, 2);
    if (hundredths === undefined) return undefined;
    return { unit, value: String(Math.round((Number(hundredths) * 60) / 100)) };
  }
  const value = fromDecimal(text, moneyDigits(unit) ?? 0);
  return value === undefined ? undefined : { unit, value };
}

/** A quantity and its unit. Money, hours, goods and favours are equals here. */
export function AmountField(props: {
  label: string;
  value: Amount | undefined;
  onChange: (amount: Amount | undefined) => void;
  name?: string;
  unit?: string;
  hint?: string;
}) {
  const id = useId();
  const answered = useWrong(props.name);
  const [text, setText] = useState(() => shown(props.value));
  const [unit, setUnit] = useState(props.value?.unit ?? props.unit ?? 'EUR');
  const isOff = text.trim() !== '' && typed(text, unit) === undefined;
  const wrong = isOff ? t.wants.notAmount : answered;
  const change = (nextText: string, nextUnit: string) => {
    setText(nextText);
    setUnit(nextUnit);
    props.onChange(nextText.trim() === '' ? undefined : typed(nextText, nextUnit));
  };
  const units = UNITS.includes(unit) ? UNITS : [unit, ...UNITS];
  const names: Record<string, string> = t.units.unitNames;
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <div className="pair">
        <input
          id={id}
          data-name={props.name}
          inputMode="decimal"
          value={text}
          autoComplete="off"
          maxLength={20}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={wrong ? `${id}-w` : undefined}
          onChange={(event) => change(event.target.value, unit)}
        />
        <select
          aria-label={`${props.label}: ${t.units.unit}`}
          value={unit}
          onChange={(event) => change(text, event.target.value)}
        >
          {units.map((name) => (
            <option key={name} value={name}>
              {names[name] ?? name}
            </option>
          ))}
        </select>
      </div>
      {wrong ? (
        <span className="wrong" id={`${id}-w`}>
          {wrong}
        </span>
      ) : null}
      {props.hint ? <span className="hint">{props.hint}</span> : null}
    </div>
  );
}
