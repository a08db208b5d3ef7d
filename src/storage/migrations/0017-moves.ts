import type { ColumnTypes } from '../migrate.ts';

/** Moves of a party, away from this node or to it; invitations of this node and what has arrived for them. */
export const moves = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table moves (home_id ${text} not null, id ${text} not null, is_in ${whole} not null,
    state ${text} not null, host ${text} not null, peer_key ${text} not null, secret ${bytes},
    until_at ${whole} not null, size ${whole}, sent ${whole} not null, sha256 ${text}, summary ${text},
    hand_over ${text}, answer ${text}, problem ${text}, tries ${whole} not null, next_at ${whole},
    started_at ${whole} not null, changed_at ${whole} not null, primary key (home_id, id))`,
  `create index moves_due on moves (next_at)`,
  `create index moves_by_id on moves (id)`,
  `create table move_invitations (home_id ${text} not null, id ${text} not null, state ${text} not null,
    secret ${bytes} not null, until_at ${whole} not null, peer_key ${text}, peer_host ${text}, party ${text},
    handle ${text}, size ${whole}, sha256 ${text}, summary ${text}, hand_over ${text}, problem ${text},
    made_at ${whole} not null, changed_at ${whole} not null, primary key (home_id, id))`,
];
