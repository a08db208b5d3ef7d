import { ARCHIVE_LIMITS } from './limits.ts';
import type { Checked, Finding } from './model.ts';

/** What a check has found so far. Never holds anything a person wrote, only where something is and what is wrong. */
export interface Findings {
  readonly problems: Finding[];
  readonly notices: Finding[];
  readonly checked: Checked;
  problemCount(): number;
  problem(place: string, code: string, what: string): void;
  notice(place: string, code: string, what: string): void;
}

export function newFindings(): Findings {
  const [problems, notices]: [Finding[], Finding[]] = [[], []];
  let count = 0;
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
    problem(place, code, what) {
      count++;
      if (problems.length < ARCHIVE_LIMITS.reportRows) problems.push({ place, code, what });
    },
    notice(place, code, what) {
      if (notices.length < ARCHIVE_LIMITS.reportRows) notices.push({ place, code, what });
    },
  };
}
