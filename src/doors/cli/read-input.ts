import { readFileSync } from 'node:fs';
import { fromUtf8 } from '../../kernel/bytes.ts';
import { type JsonObject, parseStrictJson } from '../../kernel/json.ts';
import type { Operation } from '../../kernel/operation.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { type SchemaView, schemaView } from '../schema-view.ts';
import { askHidden } from './ask.ts';
import { putFields } from './fields.ts';
import { isObject } from './shape.ts';
import type { Words } from './words.ts';

/** Inputs that do not belong into a shell's history; they are asked for when they are needed and left out. */
const SECRETS: Readonly<Record<string, string>> = {
  passphrase: 'Passphrase',
  newPassphrase: 'New passphrase',
  old: 'Passphrase until now',
  new: 'New passphrase',
  code: 'Recovery code',
  first: 'One share',
  second: 'Another share',
};

/** The input from --input and the single fields, which win. Fails with `usage` and `json-malformed`. */
export async function readInput<Deps>(operation: Operation<Deps>, words: Words): Promise<Result<JsonObject>> {
  const schema = schemaView(operation.input, 'input');
  const given = words.input === undefined ? ok({}) : readWhole(words.input);
  if (!given.ok) return given;
  const input = putFields(given.value, schema, words.fields);
  return input.ok ? ok(await askForSecrets(input.value, schema)) : input;
}

function readWhole(source: string): Result<JsonObject> {
  const text = source === '-' ? readText(0) : source.startsWith('@') ? readText(source.slice(1)) : ok(source);
  if (!text.ok) return text;
  const parsed = parseStrictJson(text.value);
  if (!parsed.ok) return parsed;
  if (isObject(parsed.value)) return ok(parsed.value);
  return fail('usage', '--input is not a JSON object.', 'Give an object in braces.');
}

function readText(from: number | string): Result<string> {
  try {
    const text = fromUtf8(new Uint8Array(readFileSync(from)));
    return text === undefined
      ? fail('json-malformed', 'The input is not UTF-8.', 'Save it as UTF-8.')
      : ok(text);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail('usage', `The input cannot be read (${String(error.code)}).`, 'Check the name of the file.');
  }
}

async function askForSecrets(input: JsonObject, schema: SchemaView): Promise<JsonObject> {
  for (const name of schema.required ?? []) {
    const question = SECRETS[name];
    if (question === undefined || Object.hasOwn(input, name)) continue;
    const answer = await askHidden(question);
    if (answer !== undefined) input[name] = answer;
  }
  return input;
}
