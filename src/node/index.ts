export { type DataFolder, socketPath } from './data-folder.ts';
export { holderOf } from './lock.ts';
export { type NodeOptions, type OpenNode, openNode } from './open-node.ts';
