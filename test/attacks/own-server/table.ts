import { acceptings } from './accepting.ts';
import { answers } from './answers.ts';
import { beginnings } from './beginnings.ts';
import { onTheCommandLine } from './command-line.ts';
import { droppings } from './dropping.ts';
import { fileAttacks } from './files.ts';
import { forks } from './forks.ts';
import { givings } from './giving.ts';
import { givenAgain } from './giving-again.ts';
import { givenBefore } from './giving-before.ts';
import { givenAcross } from './giving-sides.ts';
import { keys } from './keys.ts';
import type { OwnAttack } from './model.ts';
import { modes } from './modes.ts';
import { movings } from './moving.ts';
import { recoverings } from './recovering.ts';
import { mixtures, replays } from './replays.ts';
import { alteredRules } from './rules.ts';
import { sealedAgain } from './sealed-again.ts';
import { octets } from './shapes.ts';
import { injected } from './ways.ts';
import { withholding } from './writes.ts';

export const OWN_ATTACKS: readonly OwnAttack[] = [
  ...keys,
  ...modes,
  ...replays,
  ...mixtures,
  ...droppings,
  ...injected,
  ...octets,
  ...answers,
  ...withholding,
  ...forks,
  ...movings,
  ...sealedAgain,
  ...beginnings,
  ...recoverings,
  ...acceptings,
  ...givings,
  ...givenAgain,
  ...givenBefore,
  ...givenAcross,
  ...alteredRules,
  ...fileAttacks,
  ...onTheCommandLine,
];
