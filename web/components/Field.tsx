import { type ReactNode, useId, useState } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { useWrong } from './Problem.tsx';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** The path under which a Failure speaks about this input. */
  name?: string;
  hint?: ReactNode;
  wrong?: string | undefined;
  placeholder?: string;
  isHiddenLabel?: boolean;
  autoComplete?: string;
  autoFocus?: boolean;
  maxLength?: number;
}

/** The ties between a label, its input, its hint and what is wrong with it. */
export function useTies(name: string | undefined, hint: unknown, own: string | undefined) {
  const id = useId();
  const answered = useWrong(name);
  const wrong = own ?? answered;
  const described = [hint ? `${id}-h` : '', wrong ? `${id}-w` : ''].filter(Boolean).join(' ');
  return {
    id,
    wrong,
    input: {
      id,
      'aria-invalid': wrong ? (true as const) : undefined,
      'aria-describedby': described || undefined,
      'data-name': name,
    },
  };
}

export function Tied(props: {
  id: string;
  label: string;
  isHiddenLabel?: boolean | undefined;
  hint?: ReactNode;
  wrong?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={props.id} className={props.isHiddenLabel ? 'hidden' : undefined}>
        {props.label}
      </label>
      {props.children}
      {props.wrong ? (
        <span className="wrong" id={`${props.id}-w`}>
          {props.wrong}
        </span>
      ) : null}
      {props.hint ? (
        <span className="hint" id={`${props.id}-h`}>
          {props.hint}
        </span>
      ) : null}
    </div>
  );
}

type InputKind = 'text' | 'search' | 'date' | 'email' | 'tel' | 'number';

export function TextField(props: FieldProps & { type?: InputKind; min?: string; isDigits?: boolean }) {
  const ties = useTies(props.name, props.hint, props.wrong);
  return (
    <Tied {...props} id={ties.id} wrong={ties.wrong}>
      <input
        {...ties.input}
        type={props.type ?? 'text'}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        placeholder={props.placeholder}
        autoComplete={props.autoComplete ?? 'off'}
        // biome-ignore lint/a11y/noAutofocus: only where the page is that one field
        autoFocus={props.autoFocus}
        maxLength={props.maxLength ?? 500}
        min={props.min}
        inputMode={props.isDigits ? 'numeric' : undefined}
        data-search={props.type === 'search' ? '' : undefined}
      />
    </Tied>
  );
}

export function AreaField(props: FieldProps & { isWords?: boolean; rows?: number }) {
  const ties = useTies(props.name, props.hint, props.wrong);
  return (
    <Tied {...props} id={ties.id} wrong={ties.wrong}>
      <textarea
        {...ties.input}
        className={props.isWords ? 'words' : undefined}
        value={props.value}
        rows={props.rows ?? 3}
        onChange={(event) => props.onChange(event.target.value)}
        placeholder={props.placeholder}
        // biome-ignore lint/a11y/noAutofocus: only where the page is that one field
        autoFocus={props.autoFocus}
        maxLength={props.maxLength ?? 10_000}
      />
    </Tied>
  );
}

/** A passphrase; shown only while its owner asks for it. */
export function SecretField(props: FieldProps & { isNew?: boolean }) {
  const ties = useTies(props.name, props.hint, props.wrong);
  const [isShown, show] = useState(false);
  return (
    <Tied {...props} id={ties.id} wrong={ties.wrong}>
      <div className="secret">
        <input
          {...ties.input}
          type={isShown ? 'text' : 'password'}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          autoComplete={props.isNew ? 'new-password' : 'current-password'}
          // biome-ignore lint/a11y/noAutofocus: only where somebody has just asked for the field
          autoFocus={props.autoFocus}
          autoCapitalize="none"
          spellCheck={false}
          maxLength={500}
        />
        <Button
          onPress={() => show(!isShown)}
          label={`${isShown ? t.start.hide : t.start.show}: ${props.label}`}
        >
          {isShown ? t.start.hide : t.start.show}
        </Button>
      </div>
    </Tied>
  );
}
