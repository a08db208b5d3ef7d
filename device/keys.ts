import { isFailure, ok, type Result } from '../src/kernel/result.ts';
import type { Category } from '../src/vault/model.ts';
import { cipherOf } from './crypto.ts';
import { type Draft, draftOver, keyInForce } from './draft.ts';
import { nodeOdd, passphraseKnown, wayShut, wayStays, wayUnknown } from './failures.ts';
import { type Salted, splitPassphrase } from './halves.ts';
import { isAsChosen, rememberPassphrase, rememberTry, wasSent } from './known.ts';
import { keyName, NEXT_RECOVERY, PASSPHRASE, passkeyWay, passphraseWay, RECOVERY } from './names.ts';
import { sealCategoryKey, sealEarlierKey } from './objects.ts';
import { howHere, newPassphrase, samePassphrase } from './passphrase.ts';
import { refuseElsewhere } from './salts.ts';
import { act, type Plan, renew, type Session } from './session.ts';
import type { State } from './state.ts';
import type { SealedMode } from './statement.ts';
import type { Surroundings } from './surroundings.ts';
import { makeWay, openWay, renewWay, wayKeyOf } from './ways.ts';

/** A fresh key for what is written in a category from now on. */
export async function addEpoch(
  s: Surroundings,
  draft: Draft,
  category: Category,
  mode: SealedMode,
): Promise<void> {
  const { home } = draft.over.whose;
  const before = draft.modes.get(category);
  const epoch = (draft.epochs.get(category) ?? 0) + 1;
  const of = { home, category, epoch };
  const key = new Uint8Array(s.random(32));
  const root = await cipherOf(draft.root.key);
  const name = keyName(category, epoch);
  const fresh = { ...of, key, cipher: await cipherOf(key) };
  draft.put.set(name, await sealCategoryKey(root, draft.root.number, of, key, s.random));
  if (before) {
    const last = keyInForce(draft, category);
    draft.put.set(keyName(category, last.epoch), await sealEarlierKey(fresh, last, last.key, s.random));
  }
  draft.keys.set(name, fresh);
  draft.epochs.set(category, epoch);
  draft.modes.set(category, { mode, epoch, since: before?.since ?? epoch, digest: '' });
}

/**
 * Takes ways away. Whoever had them may keep the root until now, so another one begins, and another epoch in each category:
 * nothing written from now on opens by what they have. The ways that stay are given the new root.
 */
export async function takeWays(s: Surroundings, draft: Draft, names: readonly string[]): Promise<void> {
  const { home } = draft.over.whose;
  for (const name of names) {
    draft.ways.delete(name);
    draft.remove.add(name);
    draft.put.delete(name);
  }
  draft.root = { number: draft.root.number + 1, key: new Uint8Array(s.random(32)) };
  for (const [name, way] of draft.ways) {
    const renewed = await renewWay(home, way, draft.root, s.random);
    draft.ways.set(name, renewed);
    draft.put.set(name, renewed.octets);
  }
  for (const [category, { mode }] of draft.modes) await addEpoch(s, draft, category, mode);
}

export async function addWay(s: Surroundings, draft: Draft, name: string, wayKey: Uint8Array): Promise<void> {
  const way = await makeWay(draft.over.whose.home, name, wayKey, draft.root, s.random);
  draft.ways.set(name, way);
  draft.put.set(name, way.octets);
}

/** Makes a passkey a way in, by what only it can tell. */
export async function addPasskey(
  session: Session,
  passkey: string,
  told: Uint8Array,
): Promise<Result<undefined>> {
  const wayKey = await wayKeyOf(told);
  return act(session, async (state) => {
    const draft = draftOver(state);
    await addWay(session.s, draft, passkeyWay(passkey), wayKey);
    return ok({ value: undefined, draft });
  });
}

/** Fails with `way-unknown`, and with `way-stays` for the passphrase and the recovery code. */
export async function removeWay(session: Session, name: string): Promise<Result<undefined>> {
  return act(session, async (state) => {
    if (!state.ways.has(name)) return wayUnknown('way');
    if (name === RECOVERY || name === NEXT_RECOVERY || name === inForce(state)) return wayStays();
    return takingAway(session.s, state, [name]);
  });
}

async function takingAway(
  s: Surroundings,
  state: State,
  names: readonly string[],
): Promise<Result<Plan<undefined>>> {
  const draft = draftOver(state);
  await takeWays(s, draft, names);
  return ok({ value: undefined, draft });
}

/** The way of the passphrase that the node opens with. */
function inForce({ passphrase }: State): string | undefined {
  return passphrase.how === 'here' ? passphraseWay(passphrase.salt) : undefined;
}

/**
 * Another passphrase: the way for it is made first, then the node is told, then those before are taken away; wherever that is
 * interrupted, the passphrase that the node knows opens the vault. The one until now is looked at here first, so that a slip in
 * it changes nothing. Fails with `way-shut` and `passphrase-known`.
 */
export async function changePassphrase(
  session: Session,
  old: string,
  next: string,
): Promise<Result<undefined>> {
  const { s } = session;
  if (samePassphrase(old, next)) return passphraseKnown();
  const state = await renew(session);
  if (isFailure(state)) return state;
  const before = await openByPassphrase(s, state.value, old);
  if (isFailure(before)) return before;
  if (!before.value) return wayShut('passphrase');
  const made = await newPassphrase(s, next);
  if (isFailure(made)) return made;
  await rememberTry(s, next, made.value);
  const name = passphraseWay(made.value.salt);
  const added = await act(session, async (now) => {
    const draft = draftOver(now);
    await addWay(s, draft, name, made.value.wayKey);
    return ok({ value: undefined, draft });
  });
  if (isFailure(added)) return added;
  const changed = await s.call('change-passphrase', { old: before.value.forNode, new: made.value.forNode });
  // Whatever it answers, the salt says what became of it. Where nothing is known, both ways stay.
  const now = await renew(session);
  if (isFailure(now)) return isFailure(changed) ? changed : now;
  if (inForce(now.value) !== name) {
    await act(session, (at) => takingAway(s, at, [name]));
    return isFailure(changed) ? changed : nodeOdd('change-passphrase');
  }
  await rememberPassphrase(s, made.value);
  return settleOn(session, name, made.value.wayKey);
}

/** The halves of the passphrase in force, when it opens the vault; undefined when it does not. */
export async function openByPassphrase(
  s: Surroundings,
  { whose, ways, passphrase: asked }: State,
  passphrase: string,
): Promise<Result<{ readonly forNode: string } | undefined>> {
  const how = howHere(asked);
  if (isFailure(how)) return how;
  const name = passphraseWay(how.value.salt);
  const { forNode, wayKey } = await splitPassphrase(s, passphrase, how.value);
  const way = ways.get(name);
  if (!way || !(await openWay(whose.home, name, wayKey, way.octets))) return ok(undefined);
  await rememberPassphrase(s, { ...how.value, wayKey });
  return ok({ forNode });
}

/**
 * Makes the passphrase that the node knows a way into the vault, after it was set anew there by a recovery code, a passkey or
 * shares. Those before are taken away. Fails with `way-shut` where it is another one, with `passphrase-known` where a node has
 * seen it, and with `node-odd` where the node says that it is worked out otherwise than was chosen: it would not open later, once
 * the node says what is true.
 */
export async function adoptPassphrase(
  session: Session,
  passphrase: string,
  chosen?: Salted,
): Promise<Result<undefined>> {
  const { s } = session;
  const state = await renew(session);
  if (isFailure(state)) return state;
  const how = howHere(state.value.passphrase);
  if (isFailure(how)) return how;
  const { salt, cost } = how.value;
  if (!(await isAsChosen(s, passphrase, { salt, cost }, chosen))) return nodeOdd('show-vault');
  const elsewhere = await refuseElsewhere(s, salt);
  if (elsewhere) return elsewhere;
  if (await wasSent(s, passphrase)) return passphraseKnown();
  const { forNode, wayKey } = await splitPassphrase(s, passphrase, how.value);
  await rememberTry(s, passphrase);
  const name = passphraseWay(salt);
  const { whose, ways } = state.value;
  const way = ways.get(name);
  if (way && !(await openWay(whose.home, name, wayKey, way.octets))) return wayShut('passphrase');
  if (!way) {
    // With a slip in it this would shut out the one that the node knows, and every one before.
    const known = chosen
      ? ok(undefined)
      : await s.call('sign-in', { handle: whose.handle, passphrase: forNode });
    if (isFailure(known)) return known.code === 'sign-in-refused' ? wayShut('passphrase') : known;
    const added = await act(session, async (now) => {
      const draft = draftOver(now);
      await addWay(s, draft, name, wayKey);
      return ok({ value: undefined, draft });
    });
    if (isFailure(added)) return added;
    await rememberPassphrase(s, { salt, cost, wayKey });
  }
  return settleOn(session, name, wayKey);
}

/** Takes away every passphrase but one, by which this device goes on. */
async function settleOn(session: Session, name: string, wayKey: Uint8Array): Promise<Result<undefined>> {
  const { entry } = session;
  const others = (state: State) =>
    [...state.ways.keys()].filter((it) => it.startsWith(PASSPHRASE) && it !== name);
  if (entry.name.startsWith(PASSPHRASE)) session.entry = { ...entry, name, wayKey };
  return act(session, async (state) =>
    others(state).length === 0 ? ok({ value: undefined }) : takingAway(session.s, state, others(state)),
  );
}
