import { changed, text } from './giving-scene.ts';
import { hands, showing, shows, swapped } from './giving-tries.ts';
import type { OwnAttack } from './model.ts';

export const givings: readonly OwnAttack[] = [
  swapped(
    'a key of its own to lock it with',
    'puts its own key into the words of the record in which the friend said theirs',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      record: { ...shown.record, body: accomplice.record.body ?? '' },
    })),
  ),
  swapped(
    'a key of its own, with the hash made to fit',
    'does so, and puts the hash of these words into the record',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      record: {
        ...shown.record,
        body: accomplice.record.body ?? '',
        payload: changed(shown.record.payload, {
          bodyHash: JSON.parse(text(accomplice.record.payload)).bodyHash,
        }),
      },
    })),
  ),
  swapped(
    'the record of an accomplice',
    'shows the whole record in which an accomplice said a key',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({ ...shown, record: accomplice.record })),
  ),
  swapped(
    'the accomplice’s identity and record',
    'shows the keys of an accomplice as those of the friend, in a record of another relationship',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      theirs: accomplice.theirs,
      record: accomplice.record,
    })),
  ),
  swapped(
    'another relationship',
    'answers with all of the relationship with an accomplice, who says that very key in the friend’s',
    'relationship-other',
    ({ forged, keys }) => showing(forged, keys.accomplice),
    { first: 'digits-differ' },
  ),
  swapped(
    'another document that it stands on',
    'names another agreement than the one that both signed, so that it opens for nobody',
    'harmless',
    shows((shown, { shown: { accomplice } }) => ({ ...shown, agreement: accomplice.agreement })),
  ),
  swapped(
    'her own identity in the friend’s place',
    'shows her own keys as those of the friend',
    'their-key-unproven',
    shows((shown) => ({ ...shown, theirs: shown.mine })),
  ),
  swapped(
    'a root of its own',
    'writes its own keys into the friend’s identity',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => {
      const { payload } = accomplice.theirs.identity;
      const { root, nodeKey } = JSON.parse(text(payload));
      const identity = {
        ...shown.theirs.identity,
        payload: changed(shown.theirs.identity.payload, { root, nodeKey }),
      };
      return { ...shown, theirs: { ...shown.theirs, identity } };
    }),
  ),
  swapped(
    'a change of keys that nobody made',
    'adds a change that a stranger signed to the friend’s keys',
    'their-key-unproven',
    shows((shown, { shown: { accomplice } }) => ({
      ...shown,
      theirs: { ...shown.theirs, changes: [accomplice.theirs.identity] },
    })),
  ),
  swapped(
    'another purpose',
    'signs it as given for something else',
    'node-odd',
    hands({ purpose: 'to sell it on' }),
  ),
  swapped(
    'a later day',
    'signs it as given until another day',
    'node-odd',
    hands({ until: 4_000_000_000_000 }),
  ),
  swapped(
    'so many openings',
    'signs it as to be opened a number of times that nobody said',
    'node-odd',
    hands({ times: 9 }),
  ),
  swapped(
    'another property',
    'signs it as something else of hers',
    'node-odd',
    hands({ property: 'schema:telephone' }),
  ),
];
