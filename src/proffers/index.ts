export { type AgreedTerms, agreedAbout, isAgreedIn } from './agreed.ts';
export { operations } from './operations.ts';
export { handlers, readers } from './receive-interaction.ts';
export { homesWithUnanswered, sweepProffers } from './sweep-proffers.ts';
