export { answerMove } from './answer-move.ts';
export type { MovingDeps } from './deps.ts';
export { newDoings } from './doings.ts';
export { carryOnward, sendOnward, takeForwarded } from './forward.ts';
export { heldOnTheMove } from './hold-on-the-move.ts';
export { startMover } from './mover.ts';
export { operations } from './operations.ts';
export { forwardedHomeOf, movePathOf } from './wire.ts';
