import { fail, isFailure, ok, type Result } from '../../../src/kernel/result.ts';
import {
  problemAnswer,
  type WayOut,
  type WireRequest,
  type WireResponse,
} from '../../../src/network/index.ts';
import { databaseProblem } from '../../../src/storage/index.ts';
import type { Host } from './host.ts';
import { bendAnswer, bendRequest, isForged } from './lies.ts';
import type { Life } from './life.ts';
import { told } from './machine.ts';
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

/** Requests and answers of the past, to be said again. */
interface Memory {
  readonly url: string;
  readonly request: WireRequest;
  readonly answer: WireResponse;
}

interface Lines {
  readonly world: () => World;
  readonly cuts: Set<string>;
  readonly past: Memory[];
  underWay: number;
}

export function newNetwork(world: () => World): Network {
  const lines: Lines = { world, cuts: new Set(), past: [], underWay: 0 };
  return {
    wayOut: (host, life) => ({
      plainHosts: [],
      exchange: (request) => exchange(lines, host, life, request),
    }),
    cut(from, to) {
      lines.cuts.add(`${from}>${to}`);
    },
    mend() {
      lines.cuts.clear();
    },
    underWay: () => lines.underWay,
  };
}

function exchange(lines: Lines, host: Host, life: Life, request: WireRequest): Promise<Result<WireResponse>> {
  return new Promise((resolve) => {
    if (life.isDead) return resolve(unreachable());
    let isOpen = true;
    lines.underWay++;
    const settle = (answer: Result<WireResponse>): void => {
      if (!isOpen) return;
      isOpen = false;
      lines.underWay--;
      if (isFailure(answer)) lines.world().trace.note(`${host.name} hears nothing: ${answer.code}`);
      resolve(answer);
    };
    life.onDeath(() => settle(unreachable()));
    send(lines, { from: host.name, to: new URL(request.url).host, request, settle });
  });
}

function travels({ cuts }: Lines, from: string, to: string): boolean {
  return !cuts.has(`${from}>${to}`);
}

function delay(lines: Lines): number {
  const { dice, knobs } = lines.world();
  return happens(lines, knobs.late, 'delay') ? dice.between(1_000, 180_000) : 1 + dice.below(knobs.delayMs);
}

function happens({ world }: Lines, perMille: number, kind: string): boolean {
  const does = world().isHostile && world().dice.chance(perMille);
  if (does) countFault(world(), kind);
  return does;
}

function send(lines: Lines, journey: Journey): void {
  const { trace, knobs, scheduler, dice, hosts } = lines.world();
  const { from, to, request } = journey;
  trace.note(`${from} -> ${to} ${mark(request.body)} ${request.body.length}`);
  const silence = fail('node-silent', 'No answer came.', 'It is tried again.');
  scheduler.after(TIMEOUT_MS, () => journey.settle(silence));
  if (!travels(lines, from, to)) return;
  if (happens(lines, knobs.doubled, 'doubled'))
    scheduler.after(delay(lines), () => arrive(lines, journey, request));
  if (happens(lines, knobs.replay, 'replay') && lines.past.length > 0) {
    const again = dice.pick(lines.past);
    const nobody = { from, to: new URL(again.url).host, request: again.request, settle: () => {} };
    scheduler.after(delay(lines), () => arrive(lines, nobody, again.request));
  }
  if (happens(lines, knobs.lie, 'lie in a request')) {
    const bent = bendRequest(dice, request, scheduler.now(), [...hosts.keys()]);
    // Who bends a request hears its answer; the one who waits hears it only when it was bent on the way.
    const settle = isForged(bent) ? () => {} : journey.settle;
    const other = { from, to: new URL(bent.url).host, request: bent, settle };
    scheduler.after(delay(lines), () => arrive(lines, other, bent));
    return;
  }
  if (happens(lines, knobs.requestLost, 'request lost')) return;
  scheduler.after(delay(lines), () => arrive(lines, journey, request));
}

function arrive(lines: Lines, journey: Journey, request: WireRequest): void {
  const world = lines.world();
  const { from, to } = journey;
  const life = world.hosts.get(to)?.life();
  if (!travels(lines, from, to)) return;
  if (!life?.node) {
    world.scheduler.after(delay(lines), () => journey.settle(unreachable()));
    return;
  }
  lines.underWay++;
  life.node
    .answerPeer(request, from)
    .catch((error: unknown) => {
      if (!life.isDead && !databaseProblem(error))
        violate(world, 'nothing-breaks', `${to} broke: ${told(error)}`);
      return problemAnswer(500, 'internal-error');
    })
    .then((answer) => {
      lines.underWay--;
      if (!life.isDead) answerBack(lines, journey, request, answer);
    });
}

function answerBack(lines: Lines, journey: Journey, request: WireRequest, answer: WireResponse): void {
  const { trace, dice, knobs, ledger, scheduler } = lines.world();
  const { from, to } = journey;
  trace.note(`${from} <- ${to} ${answer.status} ${mark(answer.body)}`);
  ledger.answered(to, request, answer);
  if (lines.past.length >= KEPT) lines.past.splice(dice.below(lines.past.length), 1);
  lines.past.push({ url: request.url, request, answer });
  if (happens(lines, knobs.answerLost, 'answer lost') || !travels(lines, to, from)) return;
  const isBent = happens(lines, knobs.lie, 'lie in an answer');
  const heard = isBent ? bendAnswer(dice, request, answer, lines.past) : answer;
  scheduler.after(delay(lines), () => journey.settle(ok(heard)));
}

function unreachable(): Result<never> {
  return fail('node-unreachable', 'Nobody answers there.', 'It is tried again.');
}
