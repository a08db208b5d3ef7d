import { fail, isFailure, ok, type Result } from '../../../src/kernel/result.ts';
import {
  problemAnswer,
  type WayOut,
  type WireRequest,
  type WireResponse,
} from '../../../src/network/index.ts';
import { databaseProblem } from '../../../src/storage/index.ts';
import { type Host, told } from './host.ts';
import { bendAnswer, bendRequest, isForged } from './lies.ts';
import type { Life } from './life.ts';
import { mark } from './trace.ts';
import { countFault, violate, type World } from './world.ts';

/** A request on its way, and who waits for its answer. */
interface Journey {
  readonly from: string;
  readonly to: string;
  readonly request: WireRequest;
  /** Takes the first answer; later ones find nobody waiting. */
  readonly settle: (answer: Result<WireResponse>) => void;
}

export interface Network {
  wayOut(host: Host, life: Life): WayOut;
  /** One-way: what `from` sends does not reach `to`, answers included. */
  cut(from: string, to: string): void;
  mend(): void;
  /** Requests on their way, or being answered. */
  underWay(): number;
}

const TIMEOUT_MS = 30_000;
const KEPT = 60;

export function newNetwork(world: () => World): Network {
  const cuts = new Set<string>();
  /** Requests and answers of the past, to be said again. */
  const past: { readonly url: string; readonly request: WireRequest; answer?: WireResponse }[] = [];
  let underWay = 0;

  const travels = (from: string, to: string): boolean => !cuts.has(`${from}>${to}`);
  const delay = (): number => {
    const { dice, knobs, isHostile } = world();
    if (isHostile && dice.chance(knobs.late)) {
      countFault(world(), 'delay');
      return dice.between(1_000, 180_000);
    }
    return 1 + dice.below(knobs.delayMs);
  };
  const happens = (perMille: number, kind: string): boolean => {
    const does = world().isHostile && world().dice.chance(perMille);
    if (does) countFault(world(), kind);
    return does;
  };
  const arrive = (journey: Journey, request: WireRequest): void => {
    const { trace, knobs, hosts, dice } = world();
    const { from, to } = journey;
    const life = hosts.get(to)?.life();
    if (!travels(from, to) || !life?.node) {
      if (life) return;
      world().scheduler.after(delay(), () => journey.settle(unreachable()));
      return;
    }
    const answering = life.node;
    underWay++;
    answering
      .answerPeer(request, from)
      .catch((error: unknown) => {
        if (!life.isDead && !databaseProblem(error))
          violate(world(), 'nothing-breaks', `${to} broke: ${told(error)}`);
        return problemAnswer(500, 'internal-error');
      })
      .then((answer) => {
        underWay--;
        if (life.isDead) return;
        trace.note(`${from} <- ${to} ${answer.status} ${mark(answer.body)}`);
        world().ledger.answered(to, request, answer);
        const memory = { url: request.url, request, answer };
        if (past.length >= KEPT) past.splice(dice.below(past.length), 1);
        past.push(memory);
        if (happens(knobs.answerLost, 'answer lost') || !travels(to, from)) return;
        const lie = happens(knobs.lie, 'lie in an answer');
        const told = lie ? bendAnswer(dice, request, answer, past) : answer;
        world().scheduler.after(delay(), () => journey.settle(ok(told)));
      });
  };
  const send = (journey: Journey): void => {
    const { trace, knobs, scheduler, dice } = world();
    const { from, to, request } = journey;
    trace.note(`${from} -> ${to} ${mark(request.body)} ${request.body.length}`);
    scheduler.after(TIMEOUT_MS, () =>
      journey.settle(fail('node-silent', 'No answer came.', 'It is tried again.')),
    );
    if (!travels(from, to)) return;
    if (happens(knobs.doubled, 'doubled')) scheduler.after(delay(), () => arrive(journey, request));
    if (happens(knobs.replay, 'replay') && past.length > 0) {
      const again = dice.pick(past);
      const nobody = { from, to: new URL(again.url).host, request: again.request, settle: () => {} };
      scheduler.after(delay(), () => arrive(nobody, again.request));
    }
    if (happens(knobs.lie, 'lie in a request')) {
      const bent = bendRequest(dice, request, world().scheduler.now(), [...world().hosts.keys()]);
      const host = new URL(bent.url).host;
      // Whoever bends a request gets its answer; the one who waits gets it only when it was bent on the way.
      const settle = isForged(bent) ? () => {} : journey.settle;
      scheduler.after(delay(), () => arrive({ from, to: host, request: bent, settle }, bent));
      return;
    }
    if (happens(knobs.requestLost, 'request lost')) return;
    scheduler.after(delay(), () => arrive(journey, request));
  };
  return {
    wayOut: (host, life) => ({
      plainHosts: [],
      exchange: (request) =>
        new Promise((resolve) => {
          if (life.isDead) return resolve(unreachable());
          let isOpen = true;
          underWay++;
          const settle = (answer: Result<WireResponse>): void => {
            if (!isOpen) return;
            isOpen = false;
            underWay--;
            if (isFailure(answer)) world().trace.note(`${host.name} hears nothing: ${answer.code}`);
            resolve(answer);
          };
          life.onDeath(() => settle(unreachable()));
          send({ from: host.name, to: new URL(request.url).host, request, settle });
        }),
    }),
    cut(from, to) {
      cuts.add(`${from}>${to}`);
    },
    mend() {
      cuts.clear();
    },
    underWay: () => underWay,
  };
}

function unreachable(): Result<never> {
  return fail('node-unreachable', 'Nobody answers there.', 'It is tried again.');
}
