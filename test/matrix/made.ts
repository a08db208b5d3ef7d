import { readFileSync } from 'node:fs';
import { exportQuickly } from '../../src/archive/testing.ts';
import { openSession, tokenHash } from '../../src/parties/index.ts';
import { PASSPHRASE } from '../harness/node.ts';
import { trumpet } from '../story/goods.ts';
import { MARKS, type Story } from './story.ts';

/** Things of Maya's that are made for one call, so that what one caller did to them is not in the next one's way. */
export type Make<T = string> = (story: Story) => Promise<T>;

interface HasId {
  readonly id: string;
}

export const item: Make = async ({ as }) => {
  const input = { property: 'vcard:note', value: `A note of the ${MARKS.hers}`, tags: ['mine'] };
  return (await as<HasId>('maya', 'put-item', input)).id;
};

export const trashed: Make = async (s) => {
  const id = await item(s);
  await s.as('maya', 'remove-item', { id });
  return id;
};

/** Of another kind than the trumpets, which the wants are for. */
export const listing: Make = async (s) => {
  const input = trumpet(s.now, { mode: 'by-hand', stock: 5, category: OTHER_CATEGORY });
  const { id } = await s.as<HasId>('maya', 'publish-listing', input);
  await s.node.idle();
  return id;
};

export const OTHER_CATEGORY = 'ae-2-8-3-5-1';

export const intent: Make = ({ want }) => want('maya');
export const offer: Make = async ({ offered }) => (await offered()).offer;
export const relationship: Make = ({ agree, sharedItem }) => agree('brass', sharedItem);

export const paused: Make = async (s) => {
  const made = await relationship(s);
  await s.as('maya', 'pause-relationship', { relationship: made });
  await s.node.idle();
  return made;
};

/** Her promise in an agreement. */
export const promise: Make = async (s) => `${await relationship(s)}:1`;

/** The vendor's promise, which it says it has kept. */
export const kept: Make = async (s) => {
  const commitment = `${await relationship(s)}:0`;
  await s.as('brass', 'fulfil-commitment', { commitment });
  await s.node.idle();
  return commitment;
};

/** A relationship in which what the vendor promised has been confirmed. */
export const confirmed: Make = async (s) => {
  const commitment = await kept(s);
  await s.as('maya', 'confirm-commitment', { commitment });
  await s.node.idle();
  return commitment.slice(0, -2);
};

export const proffer: Make = async (s) => {
  const to = await relationship(s);
  const { id } = await s.as<HasId>('brass', 'proffer-terms', { to, ids: ['SD-BASE'] });
  await s.node.idle();
  return id;
};

export const grant: Make = async (s) => {
  const made = { relationship: await relationship(s) };
  const { rows } = await s.as<{ rows: HasId[] }>('maya', 'list-grants', made);
  return rows[0]?.id ?? '';
};

/** Something that a vendor gave her. */
export const received: Make = async (s) => {
  const made = await relationship(s);
  const brass = { as: 'brass' };
  const shown = await s.node.call('show-recovery-code', {}, brass);
  if (shown.ok) {
    const { code } = shown.value as { code: string }; // what that operation answers
    await s.as('brass', 'confirm-recovery-code', { lastGroup: code.split('-').at(-1) });
  }
  const { id: phone } = await s.as<HasId>('brass', 'put-item', {
    property: 'schema:telephone',
    value: '+32 9 123 45 67',
  });
  const items = [{ item: phone, purpose: 'to call the workshop' }];
  await s.as('brass', 'share-items', { relationship: made, items });
  await s.node.idle();
  const { rows } = await s.as<{ rows: (HasId & { isMine: boolean })[] }>('maya', 'list-grants', {
    relationship: made,
  });
  return rows.find((row) => !row.isMine)?.id ?? '';
};

/** The same, once it is not shared any more. */
export const takenBack: Make = async (s) => {
  const given = await received(s);
  await s.as('brass', 'stop-sharing', { grant: given });
  await s.node.idle();
  return given;
};

type Invited = HasId & { readonly code: string };
export const invitation: Make<Invited> = ({ as }) => as('maya', 'invite-person', { name: 'Somebody' });
export const invitationOfNina: Make<Invited> = ({ as }) => as('nina', 'invite-person', { name: 'Nina' });

/** A relationship that somebody asked for with an invitation of Maya's. */
export const acceptance: Make = async (s) => {
  const { code } = await invitation(s);
  const asked = await s.as<{ relationship: string }>('nina', 'accept-invitation', { code });
  await s.node.idle();
  return asked.relationship;
};

export const token: Make = async ({ as }) =>
  (await as<HasId>('maya', 'create-token', { label: 'a program', scopes: ['reads'] })).id;

export const session: Make = async ({ node, homes }) =>
  tokenHash(await openSession(node.deps, homes.maya, { label: 'Another browser' }));

export const keysCode: Make = async ({ as, relationships }) => {
  const found = await as<{ keys: { code: string } }>('maya', 'get-relationship', {
    relationship: relationships.brass,
  });
  return found.keys.code;
};

export const archive: Make<Blob> = async ({ node, homes }) =>
  new Blob([readFileSync(await exportQuickly(node, homes.nina, PASSPHRASE))]);

export const moveInvitation: Make = async ({ node }) =>
  (await node.done<HasId>('invite-party', {}, 'operator')).id;

/** A name that she can be found by. */
export const publicName: Make = async ({ as }) => {
  await as('maya', 'be-found', { name: 'horn', displayName: 'Horn' });
  return 'horn';
};
