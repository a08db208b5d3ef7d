import assert from 'node:assert/strict';
import { test } from 'node:test';
import { t } from '../../web/i18n/index.ts';
import { mouse } from './hands.ts';
import { A_THURSDAY, openBrowserNode } from './opened.ts';
import { accept, begin, cast, compared, field, loadSample, openOffer, readWant } from './steps.ts';

const SENTENCE = 'someone to repair a bicycle near Ghent this week, I can give two hours of German lessons';

test('two hours of German lessons for the repair of a bicycle, to an accepted offer', {
  timeout: 300_000,
}, async (context) => {
  const opened = await openBrowserNode({ now: A_THURSDAY });
  const { page } = opened;
  const hands = mouse();
  try {
    await begin(opened, hands, 'Maya');
    await loadSample(page, hands);
    const loaded = performance.now();
    await readWant(page, hands, SENTENCE, async () => {
      assert.equal(await field(page, t.wants.until).inputValue(), '2026-11-15', 'this week ends on Sunday');
    });
    await cast(page, hands);
    const total = compared(page).getByRole('row', { name: t.offers.total });
    assert.match(await total.innerText(), /2 h/, 'what I give is hours, and offers are for hours');
    await openOffer(page, hands);
    assert.match(await page.locator('.promises').first().innerText(), /German/, 'my promise is the lessons');
    await accept(page, hands);
    await page
      .getByText(/German/)
      .first()
      .waitFor();
    context.diagnostic(
      `from the want to the agreement ${((performance.now() - loaded) / 1000).toFixed(1)} s`,
    );
    opened.checkQuiet();
  } finally {
    await opened.close();
  }
});
