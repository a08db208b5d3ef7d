import { captureMessages } from './capture.ts';

/** Every file of fixtures/messages, by name. */
export async function messageFixtures(): Promise<ReadonlyMap<string, string>> {
  const files = await captureMessages();
  return new Map(files.map((file) => [`${file.name}.json`, `${JSON.stringify(file, undefined, 1)}\n`]));
}
