import { downloadedFile } from '../kernel/download.ts';
import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { ExportParty, exportParty } from './export-party.ts';
import { ImportParty, importParty } from './import-party.ts';
import { type ArchiveDeps, ImportReport, Report } from './model.ts';
import { Removed, RemoveParty, removeParty } from './remove-party.ts';
import { VerifyExport, verifyExport } from './verify-export.ts';

const room = 'archive';

export const operations: readonly Operation<ArchiveDeps>[] = [
  partyOperation({
    name: 'export-party',
    room,
    summary: 'Everything of yours, keys included, as one encrypted file whose format is documented.',
    effect: 'reads',
    isPersonal: true,
    input: ExportParty,
    output: downloadedFile,
    run: (deps, actor, input) => exportParty(deps, actor, input),
  }),
  openOperation('somebody', {
    name: 'verify-export',
    room,
    summary: 'Check every signature, chain and count of an archive; nothing is imported and nothing is sent.',
    effect: 'reads',
    input: VerifyExport,
    output: Report,
    run: verifyExport,
  }),
  openOperation('operator', {
    name: 'import-party',
    room,
    summary: 'Bring a party from an archive to this node, as a paused copy that signs nothing.',
    effect: 'writes',
    input: ImportParty,
    output: ImportReport,
    run: importParty,
  }),
  partyOperation({
    name: 'remove-party',
    room,
    summary:
      'Remove yourself from this node, data and keys, at once and for good. Export first: it cannot be undone.',
    effect: 'writes',
    isPersonal: true,
    input: RemoveParty,
    output: Removed,
    run: removeParty,
  }),
];
