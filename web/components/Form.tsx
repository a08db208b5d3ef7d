import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Failure } from '../api/failure.ts';
import { isOf, Problem, WrongsProvider } from './Problem.tsx';

const NONE: Readonly<Record<string, string>> = {};
const NOTHING: readonly string[] = [];

/** What is said of inputs that this form does not show. */
function nowhere(form: HTMLElement, fields: Readonly<Record<string, string>>): string[] {
  const names = [...form.querySelectorAll<HTMLElement>('[data-name]')].map((it) => it.dataset.name ?? '');
  return Object.entries(fields)
    .filter(([path]) => !names.some((name) => isOf(path, name)))
    .map(([, sentence]) => sentence);
}

/**
 * A form whose failure stands above its buttons and beside the inputs it names; what it says of others stands with it. After a
 * failure the first of those inputs has the focus; what was typed stays.
 */
export function Form(props: {
  failure?: Failure | undefined;
  onSubmit: () => void;
  children: ReactNode;
  acts: ReactNode;
  wide?: boolean;
}) {
  const form = useRef<HTMLFormElement>(null);
  const [beside, setBeside] = useState<readonly string[]>(NOTHING);
  useEffect(() => {
    const isInvalid = props.failure?.code === 'input-invalid';
    setBeside(isInvalid && form.current ? nowhere(form.current, props.failure?.fields ?? NONE) : NOTHING);
    if (!props.failure?.fields) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [props.failure]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <WrongsProvider value={props.failure?.fields ?? NONE}>
      <form ref={form} className={props.wide ? 'stack' : 'form'} noValidate onSubmit={submit}>
        {props.children}
        <Problem failure={props.failure} more={beside} />
        <div className="acts">{props.acts}</div>
      </form>
    </WrongsProvider>
  );
}
