import type { ColumnTypes } from '../migrate.ts';

/** Proofs that were issued and those that are held, their copies, what somebody asked to be shown, and who issues. */
export const proofs = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table proofs (home_id ${text} not null, id ${text} not null, rel ${text}, is_issued ${whole} not null,
    kind ${text} not null, issuer ${text} not null, issuer_key ${text}, sealed_claims ${bytes} not null,
    state ${text} not null, until_at ${whole}, made_at ${whole} not null, asked ${whole} not null,
    made ${whole} not null, wanted ${text}, primary key (home_id, id))`,
  `create index proofs_by_rel on proofs (home_id, rel, id)`,
  `create index proofs_wanted on proofs (home_id, id) where wanted is not null`,
  `create table proof_copies (home_id ${text} not null, proof ${text} not null, number ${whole} not null,
    sealed_copy ${bytes}, sealed_key ${bytes}, used_at ${whole}, primary key (home_id, proof, number))`,
  `create table proof_requests (home_id ${text} not null, id ${text} not null, rel ${text} not null,
    is_mine ${whole} not null, query ${text} not null, purpose ${text} not null, state ${text} not null,
    until_at ${whole} not null, at ${whole} not null, answered_at ${whole}, answer ${text},
    answer_record ${text}, primary key (home_id, id))`,
  `create index proof_requests_by_rel on proof_requests (home_id, rel, at, id)`,
  `create table proof_issuers (home_id ${text} not null, address ${text} not null, did ${text} not null,
    name ${text} not null, keys ${text} not null, checked_at ${whole} not null, primary key (home_id, address))`,
];
