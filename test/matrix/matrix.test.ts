import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { OPERATIONS } from '../../src/operations.ts';
import { type Engine, engines } from '../harness/test-deps.ts';
import { ASKS } from './asks.ts';
import { type Call, openDoors } from './doors.ts';
import { holdsFor, keepsPrograms } from './holds.ts';
import {
  borrowsNothing,
  endsOnTime,
  keepsApart,
  onlyHers,
  tellsNewcomersNothing,
  toldOfChanges,
} from './leaks.ts';
import { type Story, tellStory } from './story.ts';
import { MATRIX } from './table.ts';

const ROOMS = [...Map.groupBy(OPERATIONS, (operation) => operation.room)];
/** Who may call what hardly depends on the storage: of the second one a plain run tries every third room, CI all. */
const roomsOn = (engine: Engine) =>
  ROOMS.filter((_, at) => engine === 'sqlite' || process.env.CI === 'true' || at % 3 === 0);

test('every operation has a row that says who may call it, and every row an operation', () => {
  const names = OPERATIONS.map((operation) => operation.name);
  for (const [table, rows] of [
    ['MATRIX in test/matrix/table.ts', MATRIX],
    ['ASKS in test/matrix/asks.ts', ASKS],
  ] as const) {
    const missing = names.filter((name) => !Object.hasOwn(rows, name));
    assert.deepEqual(missing, [], `nobody may call these yet: add a row for each to ${table}`);
    const stale = Object.keys(rows).filter((name) => !names.includes(name));
    assert.deepEqual(stale, [], `there are no such operations: take their rows out of ${table}`);
  }
});

for (const engine of engines()) {
  describe(`who may call what on ${engine}`, () => {
    let story: Story;
    let call: Call;
    before(async () => {
      story = await tellStory(engine);
      call = await openDoors(story);
    });
    after(() => story.node.close());

    test('somebody who has nothing yet is told of nothing', () => tellsNewcomersNothing(story, call));
    for (const [room, operations] of roomsOn(engine)) {
      test(`${room}: each operation does for each kind of caller what its row says, and no more`, async () => {
        await holdsFor(
          story,
          call,
          operations.map((operation) => operation.name),
        );
      });
    }

    test('no program reaches a file that only devices open, whatever its scopes', () =>
      keepsPrograms(story, call));
    test('a vendor reads what it was given while the grant holds, and nothing of it afterwards', () =>
      keepsApart(story, call));
    test('a value is gone with the last moment of its grant', () => endsOnTime(story, call));
    test('nobody gives, promises or lists with what is another’s', () => borrowsNothing(story, call));
    test('whose changes are told follows the same rule', () => toldOfChanges(story, call));
    test('no word of Maya’s stands in the rows of anybody else', () => onlyHers(story));
  });
}
