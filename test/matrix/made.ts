import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { exportQuickly } from '../../src/archive/testing.ts';
import type { DeviceTables } from '../../src/devices/model.ts';
import { newId } from '../../src/kernel/ids.ts';
import { openSession, tokenHash } from '../../src/parties/index.ts';
import { tables } from '../../src/storage/index.ts';
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

const pausedBy =
  (who: 'maya' | 'brass'): Make =>
  async (s) => {
    const made = await relationship(s);
    await s.as(who, 'pause-relationship', { relationship: made });
    await s.node.idle();
    return made;
  };

export const paused = pausedBy('maya');
export const pausedByVendor = pausedBy('brass');

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

/** Her own promise, which she says she has kept. */
export const keptByHer: Make = async (s) => {
  const commitment = await promise(s);
  await s.as('maya', 'fulfil-commitment', { commitment });
  await s.node.idle();
  return commitment;
};

export const profferOfHers: Make = async (s) => {
  const { id } = await s.as<HasId>('maya', 'proffer-terms', {
    ...{ to: await relationship(s), ids: ['SD-BASE'] },
  });
  await s.node.idle();
  return id;
};

/** Something of the vendor's own. */
export const itemOfVendor: Make = async ({ as }) =>
  (await as<HasId>('brass', 'put-item', { property: 'vcard:note', value: 'Open on Sundays.' })).id;

let people = 0;

/** Somebody who has lost their passphrase, and has their code on paper. */
export const lost: Make<{ handle: string; code: string }> = async ({ node }) => {
  const handle = `lost-${people++}`;
  await node.party(handle);
  return { handle, code: (await node.done<{ code: string }>('show-recovery-code', {}, { as: handle })).code };
};

/** Somebody of the sample. */
export const sampleParty: Make = async ({ node }) => {
  const handle = `invented-${people++}`;
  const home = await node.party(handle);
  await node.deps.storage.transact(home, ({ db }) =>
    sql`update parties set sample = 'sample-1' where home_id = ${home}`.execute(db),
  );
  return handle;
};

/** The market of this node. */
export const market: Make = async ({ node }) =>
  (await node.done<{ rows: HasId[] }>('list-markets', {})).rows[0]?.id ?? '';

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

const WAITED_FOR = 'Notes';

/** A rule that is for nobody. */
export const RULE = {
  name: 'Sizes',
  whom: { kind: 'nobody' },
  purpose: 'to fit',
  steps: [{ when: { kind: 'agreed' }, gives: [{ kind: 'category', value: 'size' }] }],
};

/** There are few rules at once: the oldest go, but for those that something waits of. */
const oneMore = async ({ as }: Story, content: object): Promise<string> => {
  const { rules } = await as<{ rules: (HasId & { name: string })[] }>('maya', 'list-rules');
  for (const { id } of rules.filter((it) => it.name !== WAITED_FOR).slice(0, -9))
    await as('maya', 'remove-rule', { rule: id });
  return (await as<HasId>('maya', 'put-rule', content)).id;
};

export const rule: Make = (s) => oneMore(s, RULE);

export const removedRule: Make = async (s) => {
  const id = await rule(s);
  await s.as('maya', 'remove-rule', { rule: id });
  return id;
};

/** A rule, with what stands for its preview. */
export const seenRule: Make<{ rule: string; seen: string }> = async (s) => seen(s, await rule(s));

const seen = async ({ as }: Story, rule: string): Promise<{ rule: string; seen: string }> => {
  const { seen } = await as<{ seen: string }>('maya', 'preview-rule', { rule });
  return { rule, seen };
};

/** Something that a rule of hers asks her about before the vendor gets it. */
export const waiting: Make = async (s) => {
  const note = { property: 'vcard:note', value: MARKS.shared };
  const { id: value } = await s.as<HasId>('maya', 'put-item', note);
  const gives = [{ kind: 'item', value }];
  const asking = await oneMore(s, {
    ...{ name: WAITED_FOR, purpose: 'to read' },
    whom: { kind: 'relationships', relationships: [s.relationships.brass] },
    steps: [{ when: { kind: 'i-say-so' }, gives, alsoUnasked: true }],
  });
  await s.as('maya', 'switch-rule', { ...(await seen(s, asking)), on: true });
  await s.node.idle();
  const input = { state: 'waiting', limit: 1 };
  const { rows } = await s.as<{ rows: HasId[] }>('maya', 'list-releases', input);
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

/** A row of hers as it stands once a device has answered; how it comes to be there is in src/devices. */
export const passkey: Make = async ({ node, homes }) => {
  const id = newId(node.deps.random);
  await node.deps.storage.transact(homes.maya, (tx) =>
    tables<DeviceTables>(tx)
      .insertInto('passkeys')
      .values({
        ...{
          home_id: tx.home,
          id,
          credential: id,
          public_key: new Uint8Array(1),
          counter: 0,
          transports: '',
        },
        ...{ site: 'localhost', name: 'A phone', wrapped: null, is_synced: false },
        ...{ made_at: node.deps.clock.now(), used_at: null },
      })
      .execute(),
  );
  return id;
};

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

export const KIND = 'urn:parley:proof:membership';
export const QUERY = {
  credentials: [
    { id: 'member', format: 'dc+sd-jwt', meta: { vct_values: [KIND] }, claims: [{ path: ['member'] }] },
  ],
};

/** A proof that the vendor offers her. */
export const proofOffered: Make = async ({ as, node, relationships }) => {
  await as('brass', 'be-found', { name: 'brass' });
  const relationship = relationships.brass;
  const offer = { relationship, kind: KIND, claims: { member: true }, until: '2027-12-31' };
  const { proof } = await as<{ proof: string }>('brass', 'issue-proof', offer);
  await node.idle();
  return proof;
};

/** What the vendor asks her to prove. */
export const proofAsked: Make = async ({ as, node, relationships }) => {
  const asked = { relationship: relationships.brass, query: QUERY, purpose: 'to know' };
  const { request } = await as<{ request: string }>('brass', 'ask-for-proof', asked);
  await node.idle();
  return request;
};
