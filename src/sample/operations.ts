import { type Operation, openOperation, partyOperation } from '../kernel/operation.ts';
import { nothing } from '../kernel/schema.ts';
import type { SampleDeps } from './deps.ts';
import { loadSample, Started } from './load-sample.ts';
import { removeSample } from './remove-sample.ts';
import { SampleStatus, ShowSampleStatus, sampleStatus } from './sample-status.ts';

const room = 'sample';

export const operations: readonly Operation<SampleDeps>[] = [
  partyOperation({
    name: 'load-sample',
    room,
    summary: 'Put in a made-up market to try things on; it is labelled wherever it shows.',
    effect: 'writes',
    input: nothing,
    output: Started,
    run: loadSample,
  }),
  openOperation('anyone', {
    name: 'sample-status',
    room,
    summary: 'Whether the sample market is here, and who sells in it.',
    effect: 'reads',
    input: ShowSampleStatus,
    output: SampleStatus,
    run: sampleStatus,
  }),
  partyOperation({
    name: 'remove-sample',
    room,
    summary: 'Remove the sample market whole, for everybody here; only whoever runs the node may.',
    effect: 'writes',
    input: nothing,
    output: Started,
    run: removeSample,
  }),
];
