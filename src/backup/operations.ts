import { downloadedFile } from '../kernel/download.ts';
import { type Operation, openOperation } from '../kernel/operation.ts';
import { BackUpNode, backUpNode } from './back-up-node.ts';
import type { BackupDeps } from './model.ts';

export const operations: readonly Operation<BackupDeps>[] = [
  openOperation('operator', {
    name: 'back-up-node',
    room: 'backup',
    summary: 'Everything of this node as one encrypted file (age format), while it runs.',
    effect: 'reads',
    isPersonal: true,
    input: BackUpNode,
    output: downloadedFile,
    run: (deps, actor, input) => backUpNode(deps, actor, input),
  }),
];
