export { socketPath } from './data-folder.ts';
export { type OpenNode, openNode } from './open-node.ts';
export { restoreNode } from './restore-node.ts';
