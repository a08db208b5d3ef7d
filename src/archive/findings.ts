import { ARCHIVE_LIMITS } from './limits.ts';
import type { Checked, Finding } from './model.ts';
import { type Code, inWords } from './words.ts';

/** What a check has found so far. Never holds anything a person wrote, only where something is and what is wrong. */
export interface Findings {
  readonly problems: Finding[];
  readonly notices: Finding[];
  readonly checked: Checked;
  problemCount(): number;
  problem(place: string, code: Code, detail?: string): void;
  notice(place: string, code: Code): void;
  /** A problem that was found elsewhere. */
  add(problem: Finding): void;
}

export function newFindings(): Findings {
  const [problems, notices]: [Finding[], Finding[]] = [[], []];
  let count = 0;
  const add = (problem: Finding): void => {
    count++;
    if (problems.length < ARCHIVE_LIMITS.reportRows) problems.push(problem);
  };
  return {
    problems,
    notices,
    checked: {
      lines: 0,
      signatures: 0,
      identities: 0,
      counterparts: 0,
      documents: 0,
      agreements: 0,
      records: 0,
      chains: 0,
      bodies: 0,
      erasedBodies: 0,
      forks: 0,
      unknownSigners: 0,
    },
    problemCount: () => count,
    problem: (place, code, detail) => add({ place, code, what: inWords(code, detail) }),
    notice(place, code) {
      if (notices.length < ARCHIVE_LIMITS.reportRows) notices.push({ place, code, what: inWords(code) });
    },
    add,
  };
}
