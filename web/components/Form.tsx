import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import type { Failure } from '../api/failure.ts';
import { Problem, WrongsProvider } from './Problem.tsx';

const NONE = {};

/**
 * A form whose failure stands above its buttons and beside the inputs it names. After a failure the first of
 * those inputs has the focus; what was typed stays.
 */
export function Form(props: {
  failure?: Failure | undefined;
  onSubmit: () => void;
  children: ReactNode;
  acts: ReactNode;
  wide?: boolean;
}) {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
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
        <Problem failure={props.failure} />
        <div className="acts">{props.acts}</div>
      </form>
    </WrongsProvider>
  );
}
