import {
  checkDocument,
  checkSignedRow,
  citeAgreement,
  endDocuments,
  newAgreements,
} from './check-documents.ts';
import { checkFile } from './check-files.ts';
import {
  checkChange,
  checkCounterpart,
  checkIdentity,
  checkParty,
  checkPeople,
  checkSecret,
  newPeople,
} from './check-party.ts';
import { checkFork, checkRecord, endRecords, newChains, noteRelationship } from './check-records.ts';
import { type Container, Damaged, openContainer } from './container.ts';
import { type Findings, newFindings } from './findings.ts';
import { newKeyring } from './keyring.ts';
import type { Header, Report, Row, SectionHead } from './model.ts';
import { type Contents, readArchive, type Visitor } from './read-archive.ts';
import { readLines } from './read-lines.ts';
import { isPartyId } from './sections.ts';

/** An archive that has been read from end to end; `container` reads it again without the passphrase. */
interface Verified {
  readonly report: Report;
  readonly header: Header | undefined;
  readonly container: Container | undefined;
}

/**
 * Checks everything about an archive that can be checked without a database: its octets, lines, counts and hashes,
 * every signature, chain and body. Reads it once and keeps of it only keys, ids and chain heads.
 */
export async function verifyArchive(path: string, passphrase: string): Promise<Verified> {
  const findings = newFindings();
  const container = await openContainer(path, passphrase);
  if ('place' in container) {
    findings.add(container);
    return { report: reportOf(findings, undefined), header: undefined, container: undefined };
  }
  const contents = await readContents(container, findings, contentChecks(findings));
  return { report: reportOf(findings, contents), header: contents?.header, container };
}

/** Reads a container's lines; damage of its octets is a finding, and ends the reading. */
export async function readContents(
  container: Container,
  findings: Findings,
  visitor: Visitor & { readonly end?: () => void },
): Promise<Contents | undefined> {
  try {
    const contents = await readArchive(readLines(container.blocks()), findings, visitor);
    // What an archive that is cut off lacks is not told one by one.
    if (contents.header && contents.manifest) visitor.end?.();
    return contents;
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    findings.add(error.finding);
    return undefined;
  }
}

/** Every check of content, as the rows pass by: each kind of row has its own. */
function contentChecks(findings: Findings): Visitor & { end(): void } {
  const [people, ring, agreements, chains] = [newPeople(), newKeyring(), newAgreements(), newChains()];
  let header: Header | undefined;
  const byTable: Readonly<Record<string, (row: Row, place: string) => void>> = {
    parties: (row, place) => header && checkParty(people, header, row, place, findings),
    party_secrets: (row, place) => checkSecret(people, row, place, findings),
    identity_changes: (row, place) => checkChange(people, row, place, findings),
    identities: (row, place) => checkIdentity(people, ring, row, place, findings),
    counterparts: (row, place) => checkCounterpart(people, ring, row, place, findings),
    relationships(row, place) {
      citeAgreement(agreements, row, place);
      noteRelationship(chains, row);
    },
    documents: (row, place) => checkDocument(agreements, people, ring, row, place, findings),
    forks: (row, place) => checkFork(chains, people, row, place, findings),
    files: (row, place) => checkFile(row, place, findings),
    records: (row, place) => checkRecord(chains, people, row, place, findings),
  };
  return {
    header(read) {
      header = read;
      if (!isPartyId(read.party.id)) findings.problem('line 1', 'party-malformed');
    },
    row({ name }: SectionHead, row, place) {
      const check = Object.hasOwn(byTable, name) ? byTable[name] : undefined;
      if (check) check(row, place);
      else checkSignedRow(ring, row, place, findings);
    },
    end() {
      checkPeople(people, findings);
      endDocuments(agreements, findings);
      endRecords(chains, findings);
    },
  };
}

function reportOf(findings: Findings, contents: Contents | undefined): Report {
  const { problems, notices, checked } = findings;
  const header = contents?.header;
  return {
    ok: contents !== undefined && findings.problemCount() === 0,
    ...(header && { party: header.party, madeAt: header.madeAt }),
    counts: Object.fromEntries(contents?.counts ?? []),
    hashes: Object.fromEntries(contents?.hashes ?? []),
    checked,
    problems,
    problemCount: findings.problemCount(),
    notices,
  };
}
