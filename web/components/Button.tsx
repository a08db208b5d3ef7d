import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Link } from 'react-router';

/** `act` changes something and wears the ink; `plain` is its equal without it; `line` stands in a line of text. */
type ButtonKind = 'act' | 'plain' | 'line';

interface Looks {
  kind?: ButtonKind;
  small?: boolean;
  children: ReactNode;
}

interface ButtonProps extends Looks {
  onPress?: () => unknown;
  type?: 'button' | 'submit';
  isBusy?: boolean;
  isOff?: boolean;
  label?: string;
  describedBy?: string;
  autoFocus?: boolean;
}

/** While it is busy it stays in place and focused, and a second press does nothing. */
export function Button({ kind = 'plain', small, type = 'button', children, ...rest }: ButtonProps) {
  const { onPress } = rest;
  return (
    <AriaButton
      className="button"
      type={rest.isBusy ? 'button' : type}
      data-busy={rest.isBusy || undefined}
      data-kind={kind}
      data-small={small || undefined}
      isDisabled={rest.isOff ?? false}
      autoFocus={rest.autoFocus ?? false}
      {...(rest.label ? { 'aria-label': rest.label } : {})}
      {...(rest.describedBy ? { 'aria-describedby': rest.describedBy } : {})}
      {...(onPress && !rest.isBusy ? { onPress: () => void onPress() } : {})}
    >
      {children}
    </AriaButton>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function LinkButton({
  to,
  kind = 'plain',
  small,
  children,
  label,
}: Looks & { to: string; label?: string }) {
  return (
    <Link className="button" to={to} data-kind={kind} data-small={small || undefined} aria-label={label}>
      {children}
    </Link>
  );
}
