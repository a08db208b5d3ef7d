import { type ReactNode, useState } from 'react';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';

/**
 * An act with consequences, in two steps in the same place: the first says what will happen and asks, the
 * second does it. Both answers have the same size.
 */
export function TwoSteps(props: {
  act: string;
  /** For those who listen, where several such acts stand on a page. */
  label?: string;
  ask: string;
  what?: ReactNode;
  /** Something to fill in before the second step. */
  more?: ReactNode;
  now: string;
  keep?: string;
  isBusy?: boolean;
  small?: boolean;
  kind?: 'plain' | 'line';
  onDo: () => unknown;
}) {
  const [isAsking, ask] = useState(false);
  if (!isAsking) {
    return (
      <Button
        kind={props.kind ?? 'plain'}
        small={props.small ?? false}
        onPress={() => ask(true)}
        {...(props.label ? { label: props.label } : {})}
      >
        {props.act}
      </Button>
    );
  }
  return (
    <fieldset className="two-steps" aria-label={props.ask}>
      <p>
        <strong>{props.ask}</strong> {props.what}
      </p>
      {props.more}
      <div className="acts" data-even>
        <Button kind="act" onPress={props.onDo} isBusy={props.isBusy ?? false}>
          {props.now}
        </Button>
        <Button onPress={() => ask(false)} autoFocus>
          {props.keep ?? t.frame.stepBack}
        </Button>
      </div>
    </fieldset>
  );
}
