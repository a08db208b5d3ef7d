import { useLayoutEffect, useRef } from 'react';
import { Button } from '../../../components/Button.tsx';
import { sizeInWords } from '../../../components/FileField.tsx';
import { Section } from '../../../components/Page.tsx';
import { Problem } from '../../../components/Problem.tsx';
import {
  cancelTransfer,
  goOnWith,
  pauseTransfer,
  type Transfer,
  useTransfers,
} from '../../../files/transfers.ts';
import { t } from '../../../i18n/index.ts';

/** What goes up or down, each with how far it is and a way to stop it. */
export function UnderWay() {
  const transfers = useTransfers();
  if (transfers.length === 0) return null;
  return (
    <Section title={t.files.underWay}>
      <ul className="transfers">
        {transfers.map((it) => (
          <OneUnderWay key={it.key} it={it} />
        ))}
      </ul>
    </Section>
  );
}

function OneUnderWay({ it }: { it: Transfer }) {
  const { name, state, done, parts, octets } = it;
  const line = useFocusKept();
  const percent = parts === 0 ? 0 : Math.floor((done * 100) / parts);
  const way = it.way === 'up' ? t.files.up : t.files.down;
  return (
    <li ref={line}>
      <p className="transfer-name">
        <b>{name}</b>{' '}
        <span className="soft">
          <span role="status">{state === 'running' ? way : t.files.states[state]}</span>,{' '}
          {state === 'done' ? sizeInWords(octets) : t.files.so(percent, sizeInWords(octets))}
        </span>
      </p>
      {state === 'done' ? null : <progress aria-label={t.files.progressOf(name)} value={percent} max={100} />}
      <Problem failure={it.failure} />
      <div className="acts">
        <Acts it={it} />
      </div>
    </li>
  );
}

/** Where a button goes away under somebody's hands, the next one has the keyboard: of this line, or of the one beside it. */
function useFocusKept() {
  const line = useRef<HTMLLIElement>(null);
  const hadFocus = line.current?.contains(document.activeElement) ?? false;
  useLayoutEffect(() => {
    if (hadFocus && !line.current?.contains(document.activeElement)) focusIn(line.current);
  });
  useLayoutEffect(() => {
    const own = line.current;
    return () => {
      if (!own?.contains(document.activeElement)) return;
      focusIn(own.nextElementSibling ?? own.previousElementSibling ?? document.querySelector('main'));
    };
  }, []);
  return line;
}

function focusIn(place: Element | null): void {
  place?.querySelector<HTMLElement>('button, input[type="file"]')?.focus();
}

function Acts({ it: { key, name, state } }: { it: Transfer }) {
  if (state === 'done') {
    return (
      <Button kind="line" label={t.files.dismissOf(name)} onPress={() => cancelTransfer(key)}>
        {t.files.dismiss}
      </Button>
    );
  }
  const isStopped = state === 'paused' || state === 'failed';
  const isCancelling = state === 'cancelling';
  return (
    <>
      {isStopped ? (
        <Button kind="line" label={t.files.goOnOf(name)} onPress={() => goOnWith(key)}>
          {t.files.goOn}
        </Button>
      ) : (
        <Button
          kind="line"
          label={t.files.pauseOf(name)}
          isBusy={isCancelling}
          onPress={() => pauseTransfer(key)}
        >
          {t.files.pause}
        </Button>
      )}
      <Button
        kind="line"
        label={t.files.cancelOf(name)}
        isBusy={isCancelling}
        onPress={() => cancelTransfer(key)}
      >
        {t.files.cancel}
      </Button>
    </>
  );
}
