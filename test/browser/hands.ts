import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';

/** The ways in which somebody works a page. */
export interface Hands {
  /** A button or a link. */
  press(what: Locator): Promise<void>;
  write(where: Locator, text: string): Promise<void>;
  /** A radio button. */
  choose(radio: Locator): Promise<void>;
}

const MOST_STOPS = 250;

export function mouse(): Hands {
  return {
    press: (what) => what.click(),
    write: (where, text) => where.fill(text),
    // The input itself is hidden; what people press is its label.
    choose: (radio) => radio.locator('xpath=ancestor::label').click(),
  };
}

/** Tab, Enter, Space and the arrows, nothing else. */
export function keyboard(page: Page): Hands {
  const tabTo = async (what: Locator): Promise<void> => {
    await until(() => what.isEnabled(), `${what} can be used`);
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await hasFocus(what)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`the Tab key never reaches ${what}`);
  };
  return {
    async press(what) {
      await tabTo(what);
      await page.keyboard.press('Enter');
    },
    async write(where, text) {
      await tabTo(where);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(text);
    },
    async choose(radio) {
      const group = radio.locator('xpath=ancestor::*[@role="radiogroup"]');
      for (let stop = 0; !(await holdsFocus(group)); stop++) {
        assert.ok(stop < MOST_STOPS, `the Tab key never reaches the group of ${radio}`);
        await page.keyboard.press('Tab');
      }
      const most = await group.getByRole('radio').count();
      for (let step = 0; !(await hasFocus(radio)); step++) {
        assert.ok(step < most, `the arrows never reach ${radio}`);
        await page.keyboard.press('ArrowDown');
      }
      if (!(await radio.isChecked())) await page.keyboard.press('Space');
    },
  };
}

export function hasFocus(what: Locator): Promise<boolean> {
  return what.evaluate((element) => element === element.ownerDocument.activeElement);
}

function holdsFocus(what: Locator): Promise<boolean> {
  return what.evaluate((element) => element.contains(element.ownerDocument.activeElement));
}

/** Asks again until it holds; pages answer within half a minute or not at all. */
export async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + 30_000;
  while (!(await holds())) {
    assert.ok(performance.now() < end, `it never came true that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
