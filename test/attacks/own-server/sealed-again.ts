import { had, harmless, outcomeOf } from './looking.ts';
import type { OwnAttack } from './model.ts';
import { DIET, quiet } from './world.ts';

/** What was sealed, then served, then sealed once more: nothing of the first time may fit the second. */
export const sealedAgain: readonly OwnAttack[] = [
  {
    group: 'sealed again',
    name: 'a key from before it was served',
    does: 'keeps the key of the first epoch, which a lost passkey opens, and shows it when the category is sealed anew',
    expects: 'vault-broken',
    attempt: (world) =>
      outcomeOf(async () => {
        const device = world.known();
        const vault = await had(device.open());
        await had(vault.serveCategory('preference'));
        const kept = Buffer.from(world.now.copy.objects.get('key/preference/1') ?? []).toString('base64url');
        device.door = (call) => async (operation, input) => {
          const answer = await call(operation, input);
          if (operation !== 'read-sealed' || !answer.ok) return answer;
          const { rows } = answer.value as { rows: { name: string; octets: string }[] }; // as read-sealed answers
          const key = rows.find((row) => row.name.startsWith('key/preference/'));
          if (key) rows.push({ name: 'key/preference/1', octets: kept });
          return answer;
        };
        await had(vault.sealCategory('preference'));
        // The device that has sealed it knows its own key, and is asked nothing about it; one that opens anew is shown the other.
        for (const open of [async () => vault, async () => had(device.open())]) {
          const put = await had((await open()).put({ property: DIET, value: quiet('since') }));
          const octets = (await world.copy()).objects.get(`item/${put.id}`);
          if (octets?.[3] === 1) return { achieved: 'it is written under the key of before' };
        }
        return harmless;
      }),
  },
];
