import { createHash } from 'node:crypto';
import type { RunReport } from '../run-seed.ts';
import { type Dice, diceOf } from '../world/dice.ts';
import { checkModel } from './check-model.ts';
import { type Events, newEvents } from './events.ts';
import {
  compose,
  type Disk,
  dueIn,
  type Letter,
  lastRecord,
  newDisk,
  note,
  type Row,
  type Slip,
  take,
} from './party.ts';

/** A party of the model: its disk outlives its process. */
export interface Actor {
  readonly name: number;
  readonly disk: Disk;
  isUp: boolean;
  /** Counts its processes; what an earlier one was about to do comes to nothing. */
  process: number;
  readonly busy: Set<number>;
}

export interface Model {
  readonly dice: Dice;
  readonly events: Events;
  readonly actors: readonly Actor[];
  readonly faults: Map<string, number>;
  /** Letters whose sender was told that they are saved. */
  readonly saved: Set<string>;
  /** Receipts that left a party, by letter. */
  readonly given: Map<string, string>;
  readonly knobs: Readonly<Record<Fault, number>>;
  readonly cuts: Set<number>;
  readonly past: {
    readonly letters: readonly Letter[];
    readonly signer: number;
    readonly slips: readonly (Slip | undefined)[];
  }[];
  isHostile: boolean;
  steps: number;
  violation: { invariant: string; how: string } | undefined;
}

type Fault = 'lost' | 'answer lost' | 'doubled' | 'delay' | 'replay' | 'lie' | 'disk full' | 'crash';

const LETTERS = 60;
const HOSTILE_MS = 240_000;
const TIMEOUT_MS = 30_000;
const LOOK_MS = 5_000;
const HEALED_WITHIN_MS = 24 * 3_600_000;

/** One seed of delivery alone: plain objects, the program's own rules, the same kinds of trouble. */
export function runModelSeed(seed: string): RunReport {
  const model = newModel(diceOf(seed));
  const { dice, events } = model;
  const end = HOSTILE_MS;
  for (let i = 0; i < LETTERS; i++) events.after(dice.below(end), () => write(model, i));
  for (let i = dice.below(12); i > 0; i--) events.after(dice.below(end), () => befall(model));
  run(model, end);
  model.isHostile = false;
  model.cuts.clear();
  for (const actor of model.actors) start(model, actor);
  for (let look = 0; look < HEALED_WITHIN_MS && !isDrained(model) && !model.violation; look += 600_000) {
    for (const actor of model.actors) carry(model, actor);
    run(model, events.now() + 600_000);
  }
  model.violation ??= checkModel(model);
  return {
    seed,
    hash: traceOf(model),
    steps: model.steps,
    envelopes: LETTERS,
    faults: Object.fromEntries([...model.faults].sort()),
    violation: model.violation,
    last: [],
  };
}

/** The same seed ends in the same state. */
function traceOf(model: Model): string {
  const states = model.actors.map(({ disk }) => [
    [...disk.outbox.values()].flat().map((row) => [row.letter.id, row.state, row.attempts, row.nextAt]),
    [...disk.inbox.keys()],
  ]);
  return createHash('sha256').update(JSON.stringify(states)).digest('hex').slice(0, 32);
}

function newModel(dice: Dice): Model {
  const some = (most: number): number => (dice.chance(350) ? 0 : dice.between(1, most));
  const count = dice.between(2, 5);
  return {
    dice,
    events: newEvents(),
    actors: Array.from({ length: count }, (_, name) => ({
      name,
      disk: newDisk(),
      isUp: true,
      process: 0,
      busy: new Set<number>(),
    })),
    faults: new Map(),
    saved: new Set(),
    given: new Map(),
    knobs: {
      lost: some(250),
      'answer lost': some(250),
      doubled: some(250),
      delay: some(250),
      replay: some(150),
      lie: some(200),
      'disk full': some(80),
      crash: some(60),
    },
    cuts: new Set(),
    past: [],
    isHostile: true,
    steps: 0,
    violation: undefined,
  };
}

function run(model: Model, until: number): void {
  while (!model.violation && model.events.step(until)) model.steps++;
}

function happens(model: Model, fault: Fault): boolean {
  if (!model.isHostile || !model.dice.chance(model.knobs[fault])) return false;
  model.faults.set(fault, (model.faults.get(fault) ?? 0) + 1);
  return true;
}

/** Writes and tells, or does one of the two, or neither. True when the process lives to tell. */
function commit(model: Model, actor: Actor, change: () => void): boolean {
  if (happens(model, 'disk full')) return false;
  if (happens(model, 'crash')) {
    if (model.dice.chance(500)) change();
    crash(model, actor);
    return false;
  }
  change();
  return true;
}

function crash(model: Model, actor: Actor): void {
  actor.isUp = false;
  actor.process++;
  actor.busy.clear();
  model.events.after(model.dice.between(10, 60_000), () => start(model, actor));
}

function start(model: Model, actor: Actor): void {
  if (actor.isUp) return;
  actor.isUp = true;
  carry(model, actor);
}

function befall(model: Model): void {
  const { dice, actors, cuts, events, faults } = model;
  const [one, other] = [dice.below(actors.length), dice.below(actors.length)];
  const cut = one * 100 + other;
  faults.set('partition', (faults.get('partition') ?? 0) + 1);
  cuts.add(cut);
  events.after(dice.between(1_000, 120_000), () => cuts.delete(cut));
}

function write(model: Model, number: number): void {
  const { dice, actors, events, saved } = model;
  const actor = dice.pick(actors);
  const to = dice.below(actors.length);
  if (!actor.isUp || to === actor.name) return;
  const kind = dice.chance(800) ? 'record' : 'question';
  const last = lastRecord(actor.disk, to);
  const id = `${actor.name}-${number}`;
  const letter: Letter = {
    ...{ id, from: actor.name, to, kind, isUnwelcome: dice.chance(300) },
    seq: (last?.seq ?? 0) + 1,
    prev: last?.id ?? null,
  };
  const { write } = compose(actor.disk, letter, events.now());
  if (!commit(model, actor, write)) return;
  saved.add(id);
  carry(model, actor);
}

/** Sends what is due, each lane by itself. */
function carry(model: Model, actor: Actor): void {
  if (!actor.isUp) return;
  for (const [to, lane] of actor.disk.outbox) {
    if (actor.busy.has(to)) continue;
    const batch = dueIn(lane, model.events.now());
    if (batch.length === 0) continue;
    actor.busy.add(to);
    request(model, actor, to, lane, batch);
  }
}

function request(model: Model, actor: Actor, to: number, lane: readonly Row[], batch: readonly Row[]): void {
  const { events, dice, past } = model;
  const { process } = actor;
  let isOpen = true;
  const settle = (slips: readonly (Slip | undefined)[]): void => {
    if (!isOpen || actor.process !== process) return;
    isOpen = false;
    actor.busy.delete(to);
    const { write } = note(lane, batch, slips, events.now(), dice.below(256));
    commit(model, actor, write);
    carry(model, actor);
    if (actor.isUp) events.after(LOOK_MS, () => carry(model, actor));
  };
  events.after(TIMEOUT_MS, () => settle([]));
  const letters = batch.map((row) => row.letter);
  const arrive = (): void => serve(model, to, letters, actor.name, actor.name, settle);
  if (happens(model, 'doubled')) events.after(delay(model), arrive);
  if (happens(model, 'replay') && past.length > 0) {
    const { letters: old, signer } = dice.pick(past);
    const first = old[0];
    if (first) events.after(delay(model), () => serve(model, first.to, old, first.from, signer, () => {}));
  }
  if (happens(model, 'lie')) {
    const forged = letters.map((letter) =>
      dice.chance(500) ? { ...letter, id: `forged-${letter.id}` } : letter,
    );
    events.after(delay(model), () => serve(model, to, forged, actor.name, -1, () => {}));
  }
  if (!happens(model, 'lost')) events.after(delay(model), arrive);
}

function delay(model: Model): number {
  return happens(model, 'delay') ? model.dice.between(1_000, 180_000) : 1 + model.dice.below(500);
}

/** The receiver's node takes a request and answers what it has committed. */
function serve(
  model: Model,
  to: number,
  letters: readonly Letter[],
  from: number,
  signer: number,
  settle: (slips: readonly (Slip | undefined)[]) => void,
): void {
  const { actors, events, dice, past, cuts } = model;
  const receiver = actors[to];
  if (!receiver?.isUp || cuts.has(from * 100 + to)) return;
  const slips: (Slip | undefined)[] = [];
  for (const letter of letters) {
    const { answer, write } = take(receiver.disk, to, letter, signer);
    if (!commit(model, receiver, write)) {
      if (!receiver.isUp) return;
      break;
    }
    slips.push(answer);
    if (answer === undefined) break;
    remember(model, letter, answer);
  }
  if (past.length < 30) past.push({ letters, signer, slips });
  if (happens(model, 'answer lost') || cuts.has(to * 100 + from)) return;
  const told = happens(model, 'lie') ? bend(dice, letters, slips, past) : slips;
  events.after(delay(model), () => settle(told));
}

function remember(model: Model, letter: Letter, slip: Slip): void {
  const key = `${letter.to} ${letter.from} ${letter.id}`;
  const text = JSON.stringify(slip);
  const before = model.given.get(key);
  if (before !== undefined && before !== text) {
    model.violation ??= { invariant: 'receipts-stable', how: `${letter.id} is answered anew` };
  }
  model.given.set(key, text);
}

/** What can be made of an answer without the receiver's key: another's, an old one, none, or the order turned round. */
function bend(
  dice: Dice,
  letters: readonly Letter[],
  slips: readonly (Slip | undefined)[],
  past: Model['past'],
) {
  switch (dice.below(4)) {
    case 0:
      return letters.map((letter): Slip => ({ id: letter.id, result: 'acted', by: -1 }));
    case 1:
      return dice.pick(past).slips;
    case 2:
      return slips.slice(0, dice.below(slips.length + 1));
    default:
      return slips.toReversed();
  }
}

function isDrained(model: Model): boolean {
  return model.actors.every((actor) =>
    [...actor.disk.outbox.values()].every((lane) => lane.every((row) => row.state !== 'saved')),
  );
}
