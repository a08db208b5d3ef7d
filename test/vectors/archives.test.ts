import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { harm } from '../../scripts/archives/harm.ts';
import { generateParty } from '../../scripts/archives/party.ts';
import { reportOn, scratchFolder, sealText } from '../../src/archive/testing.ts';
import { seededRandom } from '../../src/kernel/seeded-random.ts';

const folder = scratchFolder();

test('archives that are generated from seeds are whole, and what was done to one is found', async () => {
  let forks = 0;
  for (let seed = 0; seed < 40; seed++) {
    const lines = generateParty(seededRandom(`party ${seed}`));
    const whole = join(folder, `${seed}.parley`);
    await sealText(whole, `${lines.join('\n')}\n`);
    const report = await reportOn(whole);
    assert.deepEqual(report.problems, [], `party ${seed}`);
    forks += report.checked.forks;
    const damaged = [...lines];
    harm(damaged, seededRandom(`harm ${seed}`));
    if (damaged.join('\n') === lines.join('\n')) continue;
    const path = join(folder, `${seed}-damaged.parley`);
    await sealText(path, `${damaged.join('\n')}\n`);
    const { ok, problems } = await reportOn(path);
    // Whoever can open an archive can change what nobody signed: counts and hashes are made to fit in half of them.
    if (!ok) assert.ok(problems.length > 0);
    else assert.match(damaged.at(-1) ?? '', /^\{"manifest"/);
  }
  assert.ok(forks > 3);
});
