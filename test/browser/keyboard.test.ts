import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyboard } from './hands.ts';
import { A_THURSDAY, openBrowserNode } from './opened.ts';
import { accept, begin, cast, loadSample, openOffer, readWant } from './steps.ts';

const SENTENCE = 'a used trumpet for a beginner near Ghent, under 300 euro, before Christmas';

test('from nothing to an accepted offer with the keyboard only', { timeout: 300_000 }, async (context) => {
  const opened = await openBrowserNode({ now: A_THURSDAY });
  const { page } = opened;
  const hands = keyboard(page);
  try {
    await begin(opened, hands, 'Maya');
    await loadSample(page, hands);
    const loaded = performance.now();
    await readWant(page, hands, SENTENCE);
    await cast(page, hands);
    await openOffer(page, hands);
    const { shared, wroteCode } = await accept(page, hands);
    assert.equal(wroteCode, shared.length > 0, 'the recovery code comes before the first disclosure');
    context.diagnostic(
      `from the want to the agreement ${((performance.now() - loaded) / 1000).toFixed(1)} s`,
    );
    opened.checkQuiet();
  } finally {
    await opened.close();
  }
});
