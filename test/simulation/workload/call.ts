import { callOperation } from '../../../src/kernel/call-operation.ts';
import { isFailure } from '../../../src/kernel/result.ts';
import { OPERATIONS } from '../../../src/operations.ts';
import { databaseProblem } from '../../../src/storage/index.ts';
import type { Fate, Person } from '../world/ledger.ts';
import { told } from '../world/machine.ts';
import { violate, type World } from '../world/world.ts';

const BY_NAME = new Map(OPERATIONS.map((it) => [it.name, it]));

interface Outcome<T> {
  readonly fate: Fate;
  readonly value?: T;
  readonly code?: string;
}

/** Calls an operation as somebody, the way a door does. `unknown` when the process ended before it could answer. */
export async function call<T>(world: World, who: Person, name: string, input: object): Promise<Outcome<T>> {
  const operation = BY_NAME.get(name);
  if (!operation) throw new Error(`there is no operation ${name}`);
  const life = world.hosts.get(who.host)?.life();
  if (!life?.node) return { fate: 'refused', code: 'not-running' };
  const actor = { home: who.home, isOperator: false, mayActAs: [who.home] };
  try {
    const result = await callOperation(operation, life.node.deps, actor, input);
    if (life.isDead) return { fate: 'unknown' };
    if (!isFailure(result)) {
      if (operation.effect !== 'reads') world.trace.note(`${who.handle} ${name}`);
      return { fate: 'done', value: result.value as T }; // the caller knows the operation
    }
    world.trace.note(`${who.handle} ${name}: ${result.code}`);
    if (result.code === 'input-invalid') violate(world, 'workload-sound', `${name}: ${result.message}`);
    return { fate: 'refused', code: result.code };
  } catch (error) {
    if (life.isDead) return { fate: 'unknown' };
    world.trace.note(`${who.handle} ${name} broke`);
    if (!databaseProblem(error)) violate(world, 'nothing-breaks', `${name}: ${told(error)}`);
    return { fate: 'refused', code: 'database' };
  }
}
