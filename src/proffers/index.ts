export { operations } from './operations.ts';
export { handlers, readers } from './receive-interaction.ts';
