import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { t } from '../../web/i18n/index.ts';
import { agree, wantIt } from '../story/telling.ts';
import { type Finding, lookAt, settled } from './axe.ts';
import { keyboard, until } from './hands.ts';
import { type Opened, openBrowserNode } from './opened.ts';
import { button, field } from './steps.ts';
import { enter, settleTown, type Town } from './town.ts';

const PATIENT = { timeout: 10 * 60_000 };
const PHONE = '+32 470 12 34 56';
const { rules } = t;

/** Rules, from the empty page to what they gave, with the keyboard only. */
describe('rules for what is given as trust grows', PATIENT, () => {
  let opened: Opened;
  let town: Town;
  let relationship: string;
  const findings: Finding[] = [];
  const clean = async (name: string): Promise<void> => {
    await settled(opened.page);
    findings.push(...(await lookAt(opened.page, `rules ${name}`)));
  };
  before(async () => {
    opened = await openBrowserNode();
    town = await settleTown(opened);
    const { offer, item } = await wantIt(town);
    relationship = await agree(town, offer, item);
    await town.maya.done('put-item', { property: 'schema:telephone', value: PHONE });
    await town.maya.done('put-item', { property: 'schema:birthDate', value: '1980-02-29' });
  });
  after(() => opened.close());

  test('an empty page has two examples, and one press takes one over', PATIENT, async () => {
    const { page, address } = opened;
    const hands = keyboard(page);
    await enter(page, address, 'maya');
    await page.goto(`${address}/data`);
    await hands.press(page.getByRole('link', { name: rules.open, exact: true }));
    await page.getByText(rules.emptyTitle).waitFor();
    await clean('empty');
    await hands.press(button(page, `${rules.takeOver}: ${rules.examples.trust.name}`));
    const mine = page.getByRole('article', { name: rules.examples.trust.name, exact: true });
    await mine.getByText(rules.off, { exact: true }).waitFor();
    await clean('taken over');
    await hands.press(button(mine, rules.removeOf(rules.examples.trust.name)));
    await page.getByText(rules.removed(rules.examples.trust.name)).waitFor();
    await page.keyboard.press('ControlOrMeta+z');
    await mine.waitFor();
    await hands.press(button(mine, rules.removeOf(rules.examples.trust.name)));
    await page.getByText(rules.emptyTitle).waitFor();
  });

  test('what is never given is put on the list', PATIENT, async () => {
    const { page } = opened;
    const hands = keyboard(page);
    const never = field(page, rules.neverAdd);
    await never.selectOption({ label: 'Date of birth' });
    await hands.press(button(page, `${rules.add_}: ${rules.neverAdd}`));
    await page.getByRole('list', { name: rules.neverTitle }).getByText('Date of birth').waitFor();
  });

  test('a rule is written, looked at, held against the past, and switched on', PATIENT, async () => {
    const { page } = opened;
    const hands = keyboard(page);
    await hands.press(page.getByRole('link', { name: rules.add, exact: true }));
    await hands.write(field(page, rules.name), 'Call me');
    await hands.write(field(page, rules.purpose), 'to call when it is ready');
    await field(page, rules.giveLabel).selectOption({ label: 'Phone' });
    await hands.press(button(page, `${rules.add_}: ${rules.giveLabel}`));
    await field(page, rules.giveLabel).selectOption({ label: 'Date of birth' });
    await hands.press(button(page, `${rules.add_}: ${rules.giveLabel}`));
    const unasked = page.getByRole('checkbox', { name: rules.unasked });
    await unasked.focus();
    await page.keyboard.press('Space');
    await hands.press(button(page, rules.addStep));
    await clean('form');
    await hands.press(button(page, rules.dropStep(2)));
    await hands.press(button(page, rules.save));
    await page.getByText(rules.previewLead(1, 1)).waitFor();
    await page.getByText(rules.reasons.never(1)).waitFor();
    const shown = page.getByRole('table', { name: rules.previewTitle });
    await shown.getByText('Fanfare').waitFor();
    await hands.press(button(page, rules.tryAct));
    await page.getByText(rules.tryLooked(1, 1)).waitFor();
    await page.getByRole('table', { name: rules.tryTitle }).getByText(rules.otherGiven).waitFor();
    await clean('look');
    assert.deepEqual(await phonesAt(town, relationship), [], 'looking gives nothing');
    await hands.press(button(page, rules.switchOn));
    await page.getByText(rules.switchedOn('Call me')).waitFor();
    await until(async () => (await phonesAt(town, relationship)).length === 1, 'the shop has it');
    const done = page.getByRole('table', { name: rules.doneTitle });
    await done.getByText(rules.whyStep(1, rules.whySaid.agreed)).waitFor();
    await clean('done');
  });

  test('a change in between is shown before it is switched on', PATIENT, async () => {
    const { page, address } = opened;
    const content = {
      ...{ name: 'My words', purpose: 'to know me', whom: { kind: 'market-vendors' } },
      steps: [
        {
          when: { kind: 'i-say-so' },
          gives: [{ kind: 'property', value: 'schema:description' }],
          alsoUnasked: true,
        },
      ],
    };
    const { id } = await town.maya.done<{ id: string }>('put-rule', content);
    await page.goto(`${address}/data/rules/${id}`);
    await page.getByText(rules.previewNobody).waitFor();
    // Nothing tells this page before it is pressed.
    await page.route('**/api/preview-rule', (route) => route.abort());
    await town.maya.done('put-item', { property: 'schema:description', value: 'I play the trumpet.' });
    await page.getByRole('button', { name: rules.switchOn, exact: true }).click();
    await page.locator('[data-code="rule-changed"]').waitFor();
    await page.unroute('**/api/preview-rule');
    await page.reload();
    await page.getByText(rules.previewAsking(1)).waitFor();
    await button(page, rules.switchOn).click();
    await page.getByText(rules.waitingTitle).waitFor();
    await clean('waiting');
    await keyboard(page).press(button(page, rules.giveOf('About me', 'Fanfare')));
    await page.getByText(rules.gaveIt('About me', 'Fanfare')).waitFor();
  });

  test('who sees what says by which rule it was given', PATIENT, async () => {
    const { page, address } = opened;
    await page.goto(`${address}/relationships/sharing`);
    const seen = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Call me' }) });
    await seen.getByText(rules.whyStep(1, rules.whySaid.agreed)).waitFor();
    await clean('sharing');
  });

  test('the relationship says what they would get next', PATIENT, async () => {
    const { page, address } = opened;
    const { rules: mine } = await town.maya.done<{ rules: { id: string; name: string }[] }>('list-rules');
    assert.deepEqual(
      mine.map((it) => it.name),
      ['Call me', 'My words'],
    );
    const content = {
      ...{ name: 'Later', purpose: 'to know me', whom: { kind: 'everybody' } },
      steps: [
        {
          when: { kind: 'kept-promises', atLeast: 2 },
          gives: [{ kind: 'property', value: 'schema:url' }],
          alsoUnasked: true,
        },
      ],
    };
    await town.maya.done('put-item', { property: 'schema:url', value: 'https://maya.example.org' });
    const { id: rule } = await town.maya.done<{ id: string }>('put-rule', content);
    const { seen } = await town.maya.done<{ seen: string }>('preview-rule', { rule });
    await town.maya.done('switch-rule', { rule, on: true, seen });
    await page.goto(`${address}/relationships/${relationship}`);
    const next = page.getByRole('region', { name: rules.nextTitle });
    await next.getByText(rules.nextSaid('Website', rules.missing['kept-promises'](2))).waitFor();
    await clean('next');
  });

  test('a preview says how many it does not show, and shows them when asked', PATIENT, async () => {
    const { page, address } = opened;
    const { code } = await town.maya.done<{ code: string }>('invite-person', {});
    await town.shop.done('accept-invitation', { code, name: 'Maya' });
    const isAsking = (it: { side: string; state: string }) => it.side === 'inviter' && it.state === 'asked';
    const asked = await town.maya.until<{ rows: { id: string; side: string; state: string }[] }>(
      'list-relationships',
      {},
      (it) => it.rows.some(isAsking),
    );
    const friend = asked.rows.find(isAsking)?.id;
    await town.maya.done('answer-acceptance', { relationship: friend, answer: 'sign' });
    const content = {
      ...{ name: 'Work', purpose: 'to know my work', whom: { kind: 'everybody' } },
      steps: [
        {
          when: { kind: 'agreed' },
          gives: [{ kind: 'property', value: 'schema:jobTitle' }],
          alsoUnasked: true,
        },
      ],
    };
    await town.maya.done('put-item', { property: 'schema:jobTitle', value: 'Carpenter' });
    const { id: rule } = await town.maya.done<{ id: string }>('put-rule', content);
    await town.maya.until<{ counts: { receivers: number } }>(
      'preview-rule',
      { rule },
      (it) => it.counts.receivers === 2,
    );
    // Pages of one, since two other sides are easier to come by than a hundred and one.
    await page.route('**/api/preview-rule', (route) =>
      route.continue({ postData: { ...route.request().postDataJSON(), limit: 1 } }),
    );
    await page.goto(`${address}/data/rules/${rule}`);
    const shown = page.getByRole('table', { name: rules.previewTitle }).getByRole('row');
    await page.getByText(rules.previewUnseen(1, 2)).waitFor();
    assert.equal(await shown.count(), 2, 'the head and one');
    await clean('a part');
    await keyboard(page).press(button(page, rules.tryMore));
    await until(async () => (await shown.count()) === 3, 'both are shown');
    assert.equal(await page.getByText(rules.previewUnseen(1, 2)).count(), 0);
    await button(page, rules.switchOn).click();
    await page.getByText(rules.switchedOn('Work')).waitFor();
    await page.unroute('**/api/preview-rule');
  });

  test('and axe found nothing', () => assert.deepEqual(findings, []));
});

async function phonesAt({ shop }: Town, relationship: string): Promise<string[]> {
  const { rows } = await shop.done<{ rows: { property: string; value?: string }[] }>('list-grants', {
    relationship,
  });
  return rows.filter((row) => row.property === 'schema:telephone').map((row) => row.value ?? '');
}
