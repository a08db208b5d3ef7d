import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonCases } from '../test/vectors/comparison-cases.ts';
import { edgeCases } from '../test/vectors/edge-cases.ts';
import { sdJwtCases } from '../test/vectors/sd-jwt-cases.ts';
import { sealedCases } from '../test/vectors/sealed-cases.ts';
import { sealedGrantCases } from '../test/vectors/sealed-grants.ts';
import { signedRequestCases } from '../test/vectors/signed-requests.ts';
import { vaultCases } from '../test/vectors/vault-cases.ts';

/** Makes anew those of fixtures/vectors and fixtures/sd-jwt that are computed; the others were written down from the standards. */
const FOLDER = join(import.meta.dirname, '..', 'fixtures');

for (const [name, cases] of [
  ['vectors/ed25519-edges.json', edgeCases()],
  ['vectors/signed-requests.json', signedRequestCases()],
  ['sd-jwt/presentations.json', sdJwtCases()],
  ['vectors/vault.json', vaultCases()],
  ['vectors/sealed.json', await sealedCases()],
  ['vectors/sealed-grants.json', sealedGrantCases()],
  ['vectors/comparison.json', comparisonCases()],
] as const) {
  writeFileSync(join(FOLDER, name), `${JSON.stringify(cases, undefined, 2)}\n`);
  console.log(`wrote fixtures/${name}: ${cases.length} cases`);
}
