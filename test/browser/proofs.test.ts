import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { launchBrowser } from '../harness/browser.ts';
import { type Finding, lookAt } from './axe.ts';
import { keyboard, mouse } from './hands.ts';
import { type Neighbour, openNodes, settle } from './neighbours.ts';
import { button, field } from './steps.ts';

/** Calls an operation from the page, as whoever is signed in there. */
async function call<T>(page: Page, operation: string, input: object): Promise<T> {
  const answered = await page.evaluate(
    async ([name, body]) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`/api/${name}`, { method: 'POST', headers, body });
      return { status: response.status, json: await response.json() };
    },
    [operation, JSON.stringify(input)] as const,
  );
  assert.equal(answered.status, 200, `${operation}: ${JSON.stringify(answered.json)}`);
  return answered.json as T; // the test says what it expects
}

/** Maya and the town of Ghent, on two nodes, know each other, and Ghent can be found. */
async function acquaint(home: Neighbour, town: Neighbour): Promise<void> {
  const { code } = await call<{ code: string }>(town.page, 'invite-person', { note: 'Town hall.' });
  await call(home.page, 'accept-invitation', { code, name: 'Maya' });
  const { code: recovery } = await call<{ code: string }>(home.page, 'show-recovery-code', {});
  await call(home.page, 'confirm-recovery-code', { lastGroup: recovery.split('-').at(-1) });
  await call(town.page, 'be-found', { name: 'ghent', displayName: 'Town of Ghent' });
  const hands = mouse();
  await town.page.goto(`${town.address}/relationships`);
  await hands.press(town.page.getByRole('link', { name: 'Maya' }));
  await hands.press(button(town.page, t.invitations.sign));
  await town.page.getByText(t.relationships.states.active, { exact: true }).first().waitFor();
  await home.page.goto(`${home.address}/relationships`);
  await hands.press(home.page.getByRole('link', { name: 'Ghent' }));
  await home.page.getByText(t.relationships.states.active, { exact: true }).first().waitFor();
}

async function issue({ page }: Neighbour): Promise<void> {
  const hands = mouse();
  await hands.press(button(page, t.proofs.issue));
  await page.getByText(`${t.proofs.facts.age_over_18}: ${t.proofs.yes}`).click();
  await hands.press(button(page, t.proofs.issueNow));
  await page.getByText(t.proofs.issued('Proof of age')).waitFor();
}

async function askFor({ page }: Neighbour): Promise<void> {
  const hands = mouse();
  await hands.press(button(page, t.proofs.ask));
  await page.getByText(t.proofs.facts.age_over_21).click();
  await hands.write(field(page, t.proofs.purposeField), 'to let you in');
  await hands.press(button(page, t.proofs.askNow));
  await page.getByText(t.proofs.asked).waitFor();
}

/** With the keyboard only: the proof is taken, one line is shown and the other refused. */
async function takeAndAnswer({ page }: Neighbour): Promise<void> {
  const hands = keyboard(page);
  await hands.press(button(page, t.proofs.take));
  await page.getByText(t.proofs.left(10, 0), { exact: true }).waitFor();
  const over18 = page.getByRole('radiogroup', { name: 'that you are over 18 (yes or no only)' });
  await over18.getByText(/Show “yes”/).waitFor();
  await hands.choose(over18.getByRole('radio').nth(1));
  await hands.press(button(page, t.proofs.answerAct(1, 2)));
  await page.getByText(t.proofs.mineVerdicts.partly).waitFor();
}

test('one fact is proven with the keyboard only, another refused, and both sides see the same', {
  timeout: 240_000,
}, async () => {
  const browser = await launchBrowser();
  const nodes = await openNodes(browser, 2);
  const found: Finding[] = [];
  try {
    const [home, town] = nodes;
    assert(home && town);
    await settle(home, mouse(), 'Maya');
    await settle(town, mouse(), 'Ghent');
    await acquaint(home, town);
    await issue(town);
    await askFor(town);
    await home.page.getByText(t.proofs.asks).waitFor();
    found.push(...(await lookAt(home.page, 'proofs asked')));
    await takeAndAnswer(home);
    found.push(...(await lookAt(home.page, 'proofs answered')));
    await town.page.getByText(t.proofs.outcomes.unconfirmed, { exact: true }).waitFor();
    await town.page.getByText(t.proofs.outcomes.refused, { exact: true }).waitFor();
    await town.page.getByText(t.proofs.verdicts.none).waitFor();
    await mouse().press(button(town.page, t.proofs.checkIssuerOf(`ghent@${town.host}`)));
    await town.page.getByText(t.proofs.keyIs.current, { exact: true }).waitFor();
    await town.page.getByText(t.proofs.outcomes.shown, { exact: true }).waitFor();
    await town.page.getByText(t.proofs.verdicts.partly).waitFor();
    await mouse().press(button(town.page, t.proofs.ask));
    found.push(...(await lookAt(town.page, 'proofs seen')));
    await home.page.goto(`${home.address}/data/proofs`);
    await home.page.getByText(t.proofs.left(9, 1)).waitFor();
    found.push(...(await lookAt(home.page, 'my proofs')));
    await mouse().press(button(home.page, t.proofs.remove));
    await mouse().press(button(home.page, t.proofs.remove));
    await home.page.getByText(t.proofs.none, { exact: true }).waitFor();
    found.push(...(await lookAt(home.page, 'no proofs')));
    assert.deepEqual(found, []);
    for (const node of nodes) node.checkQuiet();
  } finally {
    for (const node of nodes) await node.close();
    await browser.close();
  }
});
