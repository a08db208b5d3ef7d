import { useAsk } from '../api/queries.ts';
import { formatDay } from '../i18n/format.ts';
import { t } from '../i18n/index.ts';
import { Button } from './Button.tsx';
import { useNow } from './now.ts';

/**
 * What goes on paper: while it is on the page, printing prints it and nothing else, one sheet for each code, each with its
 * code, whose it is, where, since when, and one sentence.
 */
export function Papers(props: { codes: readonly string[]; title: (at: number) => string; says: string }) {
  const name = useAsk('who-am-i', {}).data?.acting;
  const today = formatDay(useNow());
  return (
    <>
      <div className="papers">
        {props.codes.map((code, at) => (
          <div className="paper" key={code}>
            <p className="paper-title">{props.title(at)}</p>
            <p className="code" data-halves>
              {code.split('-').map((group, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: groups may repeat and never move
                <span key={place}>{group}</span>
              ))}
            </p>
            <p>{t.devices.sheetFor(name?.name ?? '', name?.handle ?? '')}</p>
            <p>{t.devices.sheetWhere(window.location.origin, today)}</p>
            <p>{props.says}</p>
          </div>
        ))}
      </div>
      <Button onPress={() => window.print()}>{t.devices.print}</Button>
    </>
  );
}
