import type { ColumnTypes } from '../migrate.ts';

/**
 * The ways to open a party beside its passphrase and recovery code: passkeys and a set of recovery shares. When each way
 * was made and used; challenges that were answered; the passkey that a browser signed in with.
 */
export const devices = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table passkeys (home_id ${text} not null, id ${text} not null, credential ${text} not null,
    public_key ${bytes} not null, counter ${whole} not null, transports ${text} not null,
    site ${text} not null, name ${text} not null, wrapped ${bytes}, is_synced ${whole} not null,
    made_at ${whole} not null, used_at ${whole}, primary key (home_id, id))`,
  `create table recovery_shares (home_id ${text} not null, id ${text} not null, wrapped ${bytes} not null,
    made_at ${whole} not null, primary key (home_id))`,
  `create table way_times (home_id ${text} not null, way ${text} not null, made_at ${whole}, used_at ${whole},
    primary key (home_id, way))`,
  `create table spent_challenges (home_id ${text} not null, id ${text} not null, until_at ${whole} not null,
    primary key (home_id, id))`,
  `alter table sessions add column passkey ${text}`,
];
