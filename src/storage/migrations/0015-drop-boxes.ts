import type { ColumnTypes } from '../migrate.ts';

/** Letters that wait at this node for whoever has a box's key; boxes of mine at other nodes. */
export const dropBoxes = ({ text, whole, bytes }: ColumnTypes): readonly string[] => [
  `create table drop_letters (home_id ${text} not null, box ${text} not null, position ${whole} not null,
    sender ${text} not null, id ${text} not null, sender_key ${bytes} not null, octets ${bytes} not null,
    kept_at ${whole} not null, expires_at ${whole} not null,
    primary key (home_id, box, position), unique (home_id, box, sender, id))`,
  `create index drop_letters_by_end on drop_letters (home_id, expires_at)`,
  `create table drop_boxes (home_id ${text} not null, box ${text} not null, host ${text} not null,
    signer ${text} not null, read_to ${whole} not null, looked ${whole} not null, look_at ${whole} not null,
    until_at ${whole} not null, primary key (home_id, box))`,
  `create index drop_boxes_due on drop_boxes (look_at)`,
];
