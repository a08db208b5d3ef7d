import { captureMessages } from './capture.ts';
import { gatewayKeyCases, receiptCases, stampCases } from './others.ts';

/** Every file of fixtures/messages, by name. */
export async function messageFixtures(): Promise<ReadonlyMap<string, string>> {
  const { files, discovery, letters } = await captureMessages();
  const all: readonly (readonly [string, object])[] = [
    ...files.map((file) => [file.name, file] as const),
    ['discovery', discovery],
    ['letters', letters],
    ['receipts', receiptCases()],
    ['stamps', stampCases()],
    ['gateway-keys', gatewayKeyCases()],
  ];
  return new Map(
    all.map(([name, content]) => [`${name}.json`, `${JSON.stringify(content, undefined, 1)}\n`]),
  );
}
