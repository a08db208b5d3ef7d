import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { edgeCases } from '../test/vectors/edge-cases.ts';
import { sealedGrantCases } from '../test/vectors/sealed-grants.ts';
import { signedRequestCases } from '../test/vectors/signed-requests.ts';

/** Makes anew those of fixtures/vectors that are computed; the others were written down from the standards. */
const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'vectors');

for (const [name, cases] of [
  ['ed25519-edges.json', edgeCases()],
  ['sealed-grants.json', sealedGrantCases()],
  ['signed-requests.json', signedRequestCases()],
] as const) {
  writeFileSync(join(FOLDER, name), `${JSON.stringify(cases, undefined, 2)}\n`);
  console.log(`wrote fixtures/vectors/${name}: ${cases.length} cases`);
}
