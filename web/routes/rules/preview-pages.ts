import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { type Failure, failureOf } from '../../api/failure.ts';
import { useAsk } from '../../api/queries.ts';
import type { RulePreview } from '../../api/shapes.ts';

const AT_ONCE = 100;

interface PreviewPages {
  /** What it would give, with all rows that were asked for so far. */
  preview: RulePreview | undefined;
  failure: Failure | undefined;
  again: () => void;
  isBusy: boolean;
  more: () => Promise<void>;
}

/**
 * What a rule would give, as many receivers of it as one asks to see. Pages belong together only while all of it is the
 * same: what has changed meanwhile is shown from the beginning.
 */
export function usePreviewPages(rule: string): PreviewPages {
  const first = useAsk('preview-rule', { rule, limit: AT_ONCE });
  const [later, setLater] = useState<RulePreview>();
  const [failure, setFailure] = useState<Failure>();
  const [isBusy, setBusy] = useState(false);
  const known = first.data;
  const isSame = known !== undefined && later?.seen === known.seen;
  const preview = isSame ? { ...later, rows: [...known.rows, ...later.rows] } : known;
  const more = async () => {
    const after = preview?.next;
    if (after === undefined) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const page = await ask('preview-rule', { rule, limit: AT_ONCE, after });
      if (page.seen === known?.seen)
        setLater({ ...page, rows: [...(isSame ? later.rows : []), ...page.rows] });
      else first.again();
    } catch (error) {
      setFailure(failureOf(error));
    }
    setBusy(false);
  };
  return { preview, failure: first.failure ?? failure, again: first.again, isBusy, more };
}
