import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { t } from '../../web/i18n/index.ts';
import { mouse } from './hands.ts';
import { openBrowserNode } from './opened.ts';
import { begin, button, field } from './steps.ts';

/** Calls an operation from the page, as whom its browser may act for. */
async function ask<T>(page: Page, operation: string, input: object, as?: string): Promise<T> {
  const answered = await page.evaluate(
    async ([name, body, handle]) => {
      const headers = { 'content-type': 'application/json', ...(handle ? { 'parley-as': handle } : {}) };
      const response = await fetch(`/api/${name}`, { method: 'POST', headers, body });
      return { status: response.status, json: await response.json() };
    },
    [operation, JSON.stringify(input), as ?? ''] as const,
  );
  assert.equal(answered.status, 200, `${operation}: ${JSON.stringify(answered.json)}`);
  return answered.json as T; // the test says what it expects
}

test('two people of one household meet by an invitation, each from the page', {
  timeout: 300_000,
}, async () => {
  const opened = await openBrowserNode();
  const { page, address } = opened;
  const hands = mouse();
  const invitations = `${address}/relationships/invitations`;
  try {
    await begin(opened, hands, 'Maya');
    await ask(page, 'create-party', { name: 'Tom', handle: 'tom', passphrase: 'correct horse battery' });

    await page.goto(invitations);
    await hands.write(field(page, t.invitations.inviteNote), 'The ladder.');
    await hands.press(button(page, t.invitations.inviteNow));
    await page.getByText(t.invitations.hereOnly).waitFor();
    const code = await field(page, t.invitations.code).last().inputValue();
    assert.match(code, /^parley-invitation\./);
    await ask(page, 'accept-invitation', { code, name: 'Tom' }, 'tom');
    await page.goto(`${address}/relationships`);
    await hands.press(page.getByRole('link', { name: 'Tom' }));
    await page.getByText(t.invitations.waits('Tom')).waitFor();
    await hands.press(button(page, t.invitations.sign));
    await page.getByText(t.relationships.states.active, { exact: true }).first().waitFor();
    await hands.press(page.getByRole('link', { name: t.relationships.openAgreement }));
    await page.getByText('The ladder.').waitFor();
    assert.equal(await page.getByText(t.relationships.holds, { exact: true }).count(), 2);

    const theirs = await ask<{ code: string }>(page, 'invite-person', { note: 'The garden.' }, 'tom');
    await page.goto(invitations);
    await hands.write(field(page, t.invitations.code), theirs.code);
    await hands.press(button(page, t.invitations.read));
    await page.getByText('The garden.').waitFor();
    await hands.write(field(page, t.invitations.name), 'Maya P.');
    await hands.press(button(page, t.invitations.acceptNow));
    await page.getByText(t.relationships.waitingForThem).waitFor();

    await page.goto(`${address}/settings`);
    await page.getByText(t.settings.nodeAlone).waitFor();
    await page.getByText(t.settings.nodeNoRelay).waitFor();
    await page.goto(`${address}/market`);
    await page.getByText(t.market.reached.here('')).waitFor();
    await hands.write(field(page, t.market.host), 'nowhere.invalid');
    await hands.press(button(page, t.market.add));
    await page.getByRole('alert').waitFor();
  } finally {
    await opened.close();
  }
});
