import { createWriteStream } from 'node:fs';
import { constants, copyFile, readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Download, downloadedFile } from '../../kernel/download.ts';
import { ok, type Result } from '../../kernel/result.ts';
import { type FileRule, fileRuleOf, makeUpload, type Upload } from '../../kernel/upload.ts';
import type { OpenNode } from '../../node/index.ts';
import { operatorAs } from '../../parties/index.ts';
import { call } from '../call.ts';
import type { ReportBug } from '../report-bug.ts';
import { gather, saveWhole } from './save-whole.ts';
import type { CommandCall, Way } from './way.ts';

/** A node that this very process has opened. It stays until long work has ended and nothing due waits. */
export function byFolder(node: OpenNode, reportBug: ReportBug): Way {
  return {
    call: (command) => callHere(node, command, reportBug),
    async close() {
      await node.idle();
      await node.close();
    },
  };
}

async function callHere(
  node: OpenNode,
  command: CommandCall,
  reportBug: ReportBug,
): Promise<Result<unknown>> {
  const actor = await operatorAs(node.deps, command.as);
  if (!actor.ok) return actor;
  const { operation } = command;
  const file =
    command.file === undefined ? {} : { file: await sent(command.file, fileRuleOf(operation.input)) };
  const result = await call(operation, node.deps, actor.value, { ...command.input, ...file }, reportBug);
  if (!result.ok || operation.output !== downloadedFile) return result;
  return save(result.value as Download, command); // the operation's output schema is that of a file
}

/** What an operation gets as its file; one that takes few octets has nothing read of a larger one. */
async function sent(file: string | Uint8Array, rule: FileRule): Promise<Upload | Uint8Array> {
  if (typeof file !== 'string') return file;
  const upload = await uploadOf(file);
  return rule.isHeld && upload.bytes <= rule.maxBytes ? new Uint8Array(await readFile(file)) : upload;
}

/** The person's own file: read where it lies, and never removed. */
export async function uploadOf(path: string): Promise<Upload> {
  const { size } = await stat(path);
  return makeUpload(path, basename(path), size, async () => {});
}

async function save(download: Download, command: CommandCall): Promise<Result<unknown>> {
  if ('octets' in download) {
    if (command.holds) return ok(await gather(download.octets));
    return saveWhole(command.saveAs(download.name), (part) =>
      pipeline(download.octets, createWriteStream(part, { flags: 'wx', mode: 0o600 })),
    );
  }
  try {
    return await saveWhole(command.saveAs(download.name), (part) =>
      copyFile(download.path, part, constants.COPYFILE_EXCL),
    );
  } finally {
    await download.remove();
  }
}
