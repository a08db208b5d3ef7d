import { didOf, readAddress } from '../discovery/index.ts';
import { fail, ok } from '../kernel/result.ts';
import { eraseBody } from '../records/index.ts';
import { type RecordReader, recordReader } from '../relationships/index.ts';
import { Issued, Offered, Wanted } from './content.ts';
import { FACT_LIMITS } from './limits.ts';
import { WANTED } from './make-copies.ts';
import { readCopies } from './read-copies.ts';
import { answerReader, askReader, endReader } from './request-readers.ts';
import { sealJson } from './sealed.ts';
import {
  countOffers,
  countProofs,
  dropProof,
  getProof,
  insertCopies,
  insertProof,
  isProofKnown,
  updateProof,
} from './store.ts';

const unknown = () => fail('proof-unknown', 'There is no such proof here.', 'Nothing was changed.');

export const readers: readonly RecordReader[] = [
  recordReader({
    type: 'proof-offered',
    v: 1,
    content: Offered,
    async apply(tx, deps, { relationship, id: record, isMine, content, at }) {
      const { proof, kind, claims, issuer, until } = content;
      const who = readAddress(issuer);
      if (!who || (await isProofKnown(tx, tx.home, proof)))
        return fail('proof-exists', 'That proof was offered before.', 'Nothing was changed.');
      if (isMine && (await countProofs(tx, tx.home)) >= FACT_LIMITS.proofs)
        return fail('proofs-full', 'No more proofs are kept here.', 'Remove some that are over.');
      if (!isMine && (await countOffers(tx, tx.home, relationship.id)) >= FACT_LIMITS.offers)
        return fail('proof-offers-full', 'Too many proofs wait here to be taken.', 'Remove some of them.');
      await insertProof(tx, {
        ...{ id: proof, rel: relationship.id, is_issued: isMine, kind, issuer: didOf(who), issuer_key: null },
        sealed_claims: sealJson(deps, tx.home, 'proof-claims', claims),
        ...{ state: 'offered', until_at: until, made_at: at, asked: 0, made: 0, wanted: null },
      });
      // What is said of me lies under the node's key, and not in the clear beside it; mine may have to be undone by its words.
      if (!isMine) await eraseBody(tx, relationship.id, record);
      return ok(undefined);
    },
    undo: (tx, _deps, { content }) => dropProof(tx, content.proof),
  }),
  recordReader({
    type: 'proof-wanted',
    v: 1,
    content: Wanted,
    async apply(tx, _deps, { relationship, isMine, content, at }) {
      const { proof, keys } = content;
      const row = await getProof(tx, tx.home, proof);
      if (row?.rel !== relationship.id || row.is_issued === isMine) return unknown();
      const asked = row.asked + keys.length;
      if (asked > FACT_LIMITS.copies)
        return fail('copies-full', 'Of one proof there are only so many copies.', 'Ask for a new proof.');
      if ((row.until_at ?? 0) <= at)
        return fail('proof-expired', 'This proof is not good any more.', 'Ask for a newer one.');
      if (isMine) {
        await updateProof(tx, proof, { asked, ...(row.state === 'offered' && { state: 'asked' }) });
        return ok(undefined);
      }
      const waiting: readonly string[] = JSON.parse(row.wanted ?? '[]');
      await updateProof(tx, proof, { asked, wanted: JSON.stringify([...waiting, ...keys]) });
      tx.wake(WANTED);
      return ok(undefined);
    },
    async undo(tx, _deps, { content }) {
      // The keys stay used: who has them may have made copies for them.
      const row = await getProof(tx, tx.home, content.proof);
      if (row?.state === 'asked') await updateProof(tx, row.id, { state: 'offered' });
    },
  }),
  recordReader({
    type: 'proof-issued',
    v: 1,
    content: Issued,
    async apply(tx, deps, { relationship, id: record, isMine, content, at }) {
      const row = await getProof(tx, tx.home, content.proof);
      if (row?.rel !== relationship.id || row.is_issued !== isMine) return unknown();
      const made = row.made + content.copies.length;
      if (isMine) {
        const waiting: readonly string[] = JSON.parse(row.wanted ?? '[]');
        const rest = waiting.slice(content.copies.length);
        const wanted = rest.length === 0 ? null : JSON.stringify(rest);
        await updateProof(tx, row.id, { state: 'issued', made, wanted });
        return ok(undefined);
      }
      const read = await readCopies(tx, deps, row, content.copies, at);
      if (!read.ok) return read;
      // Told after a backup: they came before it was noticed, and may have been shown since.
      const isFresh = relationship.reconciling_at === null;
      if (isFresh) await insertCopies(tx, read.value.copies);
      await updateProof(tx, row.id, { state: 'held', made, issuer_key: read.value.issuerKey });
      // They are kept under the node's key, and nowhere in the clear beside it.
      await eraseBody(tx, relationship.id, record);
      return ok(undefined);
    },
  }),
  askReader,
  answerReader,
  endReader,
];
