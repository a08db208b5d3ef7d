import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';

interface Choice {
  value: string;
  label: ReactNode;
  about?: ReactNode;
}

/** One of a few, each with a line about it. `null` means that nobody has chosen yet. */
export function Choices(props: {
  label: string;
  isHiddenLabel?: boolean;
  value: string | null;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}) {
  return (
    <RadioGroup aria-label={props.label} value={props.value} onChange={props.onChange}>
      {props.isHiddenLabel ? null : (
        <span className="label" aria-hidden="true">
          {props.label}
        </span>
      )}
      {props.choices.map((choice) => (
        <Radio key={choice.value} value={choice.value} className="choice">
          <span>{choice.label}</span>
          {choice.about ? <small>{choice.about}</small> : null}
        </Radio>
      ))}
    </RadioGroup>
  );
}

/** Two answers of the same size, neither chosen beforehand. */
export function Either(props: {
  label: string;
  value: string | null;
  choices: readonly [Choice, Choice];
  onChange: (value: string) => void;
}) {
  return (
    <RadioGroup
      aria-label={props.label}
      className="either"
      orientation="horizontal"
      value={props.value}
      onChange={props.onChange}
    >
      {props.choices.map((choice) => (
        <Radio key={choice.value} value={choice.value}>
          {choice.label}
        </Radio>
      ))}
    </RadioGroup>
  );
}

export function Check(props: {
  label: ReactNode;
  about?: ReactNode;
  value: boolean;
  onChange: (value: boolean) => void;
  isOff?: boolean;
  name?: string;
}) {
  return (
    <AriaCheckbox
      className="check"
      isSelected={props.value}
      onChange={props.onChange}
      isDisabled={props.isOff ?? false}
      {...(props.name ? { 'aria-label': props.name } : {})}
    >
      <span>{props.label}</span>
      {props.about ? <small>{props.about}</small> : null}
    </AriaCheckbox>
  );
}
