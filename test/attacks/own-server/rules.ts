import { assert, ok } from '../../../src/kernel/result.ts';
import { giveIn } from '../../../src/tiers/act.ts';
import type { RuleContent } from '../../../src/tiers/model.ts';
import { insertRule, updateRule } from '../../../src/tiers/store.ts';
import { lying } from './device.ts';
import { meet } from './giving-scene.ts';
import { had, harmless } from './looking.ts';
import type { Outcome, OwnAttack } from './model.ts';
import { EMAIL, SIZE, type World } from './world.ts';

const GROUP = 'altered rules';

type Gives = RuleContent['steps'][number]['gives'];
type Named = Gives[number];

const property = (value: string): Named => ({ kind: 'property', value });

/** What the attacker wants: all that is sealed, by each name that a rule may have for it; and something that the node reads. */
function everything({ ids }: World): Gives {
  return [
    property(SIZE),
    property(EMAIL),
    { kind: 'category', value: 'contact' },
    { kind: 'category', value: 'note' },
    ...ids.map((value): Named => ({ kind: 'item', value })),
  ];
}

function ruleFor(rel: string, gives: Gives, kind: 'agreed' | 'i-say-so' = 'agreed'): RuleContent {
  const when = { kind, atLeast: 1, of: 'relationship' } as const;
  return {
    name: 'as the attacker likes',
    whom: { kind: 'relationships', relationships: [rel] },
    purpose: 'whatever the attacker says',
    steps: [{ when, gives, alsoUnasked: true, howOften: 'each-version' }],
  };
}

interface Play {
  readonly world: World;
  /** Whom things are to be given to, and the relationship with them. */
  readonly handle: string;
  readonly rel: string;
  /** Writes a rule into the database as if she had switched it on. */
  planted(content: RuleContent): Promise<void>;
}

let plays = 0;

/** Whatever the node does with rules: what it reads goes out, and of what is sealed nothing. */
function altered(name: string, does: string, play: (it: Play) => Promise<void>): OwnAttack {
  return {
    ...{ group: GROUP, name, does, expects: 'harmless' },
    async attempt(world) {
      const handle = `kim${plays++}`;
      const rel = await meet(world, handle);
      const { home } = world.whose;
      const id = `rule-of-${handle}`;
      const { deps } = world.node;
      const planted = async (content: RuleContent): Promise<void> => {
        const now = deps.clock.now();
        const state = { is_on: true, made_at: now, changed_at: now, removed_at: null };
        const row = { id, content: JSON.stringify(content), ...state, looked_at: null, why_off: null };
        await had(deps.storage.transact(home, async (tx) => ok(await insertRule(tx, row))));
      };
      await play({ world, handle, rel, planted });
      await had(giveIn(deps, home, rel));
      await world.node.idle();
      await had(deps.storage.transact(home, async (tx) => ok(await updateRule(tx, id, { is_on: false }))));
      return outOf(world, handle, rel);
    },
  };
}

/** What has gone out: the size, so that the rule did act, and no more. */
async function outOf({ node }: World, handle: string, relationship: string): Promise<Outcome> {
  const as = { as: handle };
  type Row = { id: string; property: string };
  const { rows } = await node.done<{ rows: Row[] }>('list-grants', { relationship }, as);
  for (const { id } of rows.filter((it) => it.property !== SIZE)) {
    const opened = await node.call('open-grant', { grant: id }, as);
    return { achieved: `a rule gave what is sealed${opened.ok ? ', and it opens' : ''}` };
  }
  assert(rows.length > 0, 'the rule gave what it can give');
  return harmless;
}

export const alteredRules: readonly OwnAttack[] = [
  altered(
    'a rule of its own',
    'writes a rule that gives all that is sealed, and switches it on',
    ({ world, rel, planted }) => planted(ruleFor(rel, everything(world))),
  ),
  altered(
    'a rule that says something else',
    'writes into a rule of hers, which is on, that it gives all that is sealed',
    async ({ world, rel, planted }) => {
      await planted(ruleFor(rel, [property(SIZE)]));
      const { deps } = world.node;
      const { home } = world.whose;
      await had(giveIn(deps, home, rel));
      const content = JSON.stringify(ruleFor(rel, everything(world)));
      const of = `rule-of-kim${plays - 1}`;
      await had(deps.storage.transact(home, async (tx) => ok(await updateRule(tx, of, { content }))));
    },
  ),
  altered(
    'the list of what is never given, emptied',
    'takes everything off her list, and has a rule give it',
    async ({ world, rel, planted }) => {
      const mine = { as: world.whose.handle };
      const sealed = everything(world).slice(1);
      await world.node.done('set-never', { add: sealed }, mine);
      await world.node.done('set-never', { drop: sealed }, mine);
      await planted(ruleFor(rel, everything(world)));
    },
  ),
  altered(
    'another preview',
    'shows that a rule would give the size alone, and switches on with her word one that names what is sealed',
    async ({ world, rel }) => {
      const device = world.known();
      type Preview = { rows: { gives: object[] }[]; seen: string };
      device.door = lying<Preview>('preview-rule', (it) => ({
        ...it,
        rows: it.rows.map((row) => ({ ...row, gives: row.gives.slice(0, 1) })),
      }));
      const gives = everything(world).filter((it) => it.kind !== 'item');
      const { id } = await world.node.done<{ id: string }>('put-rule', ruleFor(rel, gives), {
        as: world.whose.handle,
      });
      const { seen } = (await had(device.call('preview-rule', { rule: id }))) as Preview; // the node answers so
      await had(device.call('switch-rule', { rule: id, on: true, seen }));
      await world.node.idle();
    },
  ),
  altered(
    'her word, said by it',
    'has a rule ask her about all that is sealed, and says yes in her place',
    async ({ world, rel, planted }) => {
      await planted(ruleFor(rel, everything(world), 'i-say-so'));
      await had(giveIn(world.node.deps, world.whose.home, rel));
      const mine = { as: world.whose.handle };
      const asked = { relationship: rel, state: 'waiting' };
      const { rows } = await world.node.done<{ rows: { id: string }[] }>('list-releases', asked, mine);
      for (const { id: release } of rows)
        await world.node.done('answer-release', { release, answer: 'give' }, mine);
    },
  ),
];
