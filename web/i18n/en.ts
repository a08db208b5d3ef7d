import { data } from './en/data.ts';
import { desk } from './en/desk.ts';
import { devices } from './en/devices.ts';
import { discovery } from './en/discovery.ts';
import { files } from './en/files.ts';
import { frame, problems, ticks, units } from './en/frame.ts';
import { grants } from './en/grants.ts';
import { invitations } from './en/invitations.ts';
import { leave, settings } from './en/keeping.ts';
import { market } from './en/market.ts';
import { moving } from './en/moving.ts';
import { accept, offers } from './en/offers.ts';
import { proofs } from './en/proofs.ts';
import { relationships } from './en/relationships.ts';
import { rules } from './en/rules.ts';
import { keeping } from './en/sealed.ts';
import { start } from './en/start.ts';
import { terms } from './en/terms.ts';
import { cameBack, deliveries, today } from './en/today.ts';
import { wants } from './en/wants.ts';

/** All words of the pages in English, by room. Keys are typed; counts are functions. */
export const en = {
  frame,
  units,
  ticks,
  problems,
  start,
  today,
  cameBack,
  deliveries,
  wants,
  offers,
  accept,
  relationships,
  rules,
  grants,
  invitations,
  data,
  keeping,
  files,
  terms,
  desk,
  devices,
  discovery,
  market,
  settings,
  leave,
  moving,
  proofs,
};

export type Messages = typeof en;
