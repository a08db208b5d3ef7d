import { z } from 'zod';
import type { HomeId } from './ids.ts';
import type { Result } from './result.ts';

/**
 * Who may call: anybody who reaches the node, somebody of it (a signed-in party or who runs it), a signed-in party to
 * act as, or the person who runs the node.
 */
type Who = 'anyone' | 'somebody' | 'party' | 'operator';

/** `discloses` sends data of mine to somebody else; `binds` makes a promise in my name. */
export type Effect = 'reads' | 'writes' | 'discloses' | 'binds';

/** Who calls, as a door has established it. */
export interface Actor {
  /** The party that acts; undefined for nobody in particular. */
  readonly home: HomeId | undefined;
  /** True for the person at the machine: its socket, or the token printed at the start. */
  readonly isOperator: boolean;
  /** Everybody this session may act as. */
  readonly mayActAs?: readonly HomeId[];
  /** The address that they call from, when it is not this machine; `unknown` where a proxy does not tell it. */
  readonly remote?: string;
  /** The origin of this node's pages that they call from, as the door has checked it; absent where no browser comes. */
  readonly origin?: string;
  /** Hash of the session's token, for signing out. */
  readonly session?: string;
  /** What a program's token is limited to; absent for a person. */
  readonly scopes?: readonly Effect[];
}

/** An actor who is a party for certain; every operation with who: 'party' gets one. */
export interface PartyActor extends Actor {
  readonly home: HomeId;
}

type Schema = z.ZodType;

/**
 * One row of the table of operations. Every door (HTTP, command line, agents, pages) and the reference derive
 * from it; `run` is the use case that does the work.
 */
export interface Operation<Deps> {
  /** verb-noun, the words on the button. */
  readonly name: string;
  /** The room whose work this is. */
  readonly room: string;
  /** One plain sentence for help texts. */
  readonly summary: string;
  readonly who: Who;
  readonly effect: Effect;
  /** Where it may run; `device` only when keys that never leave a device are needed. */
  readonly runs: 'node' | 'device';
  /** True when no program's token may do it, whatever its scopes: keys, sessions and tokens themselves. */
  readonly isPersonal?: boolean;
  readonly input: Schema;
  readonly output: Schema;
  readonly run: (deps: Deps, actor: Actor, input: unknown) => Promise<Result<unknown>>;
}

interface Definition<Deps, In extends Schema, Out extends Schema, A extends Actor> {
  readonly name: string;
  readonly room: string;
  readonly summary: string;
  readonly effect: Effect;
  readonly isPersonal?: boolean;
  readonly input: In;
  readonly output: Out;
  readonly run: (deps: Deps, actor: A, input: z.output<In>) => Promise<Result<z.output<Out>>>;
}

/** An operation of a signed-in party. */
export function partyOperation<Deps, In extends Schema, Out extends Schema>(
  definition: Definition<Deps, In, Out, PartyActor>,
): Operation<Deps> {
  return widen(definition, 'party');
}

/** An operation that needs no party to act as. */
export function openOperation<Deps, In extends Schema, Out extends Schema>(
  who: Exclude<Who, 'party'>,
  definition: Definition<Deps, In, Out, Actor>,
): Operation<Deps> {
  return widen(definition, who);
}

/** A name that an input does not have is a slip of whoever wrote it, and never passed over. */
function strictly(input: Schema): Schema {
  return input instanceof z.ZodObject ? input.strict() : input;
}

function widen<Deps, In extends Schema, Out extends Schema, A extends Actor>(
  definition: Definition<Deps, In, Out, A>,
  who: Who,
): Operation<Deps> {
  const run = definition.run as unknown as Operation<Deps>['run']; // callers go through callOperation, which parses first
  return { ...definition, input: strictly(definition.input), who, runs: 'node', run };
}
