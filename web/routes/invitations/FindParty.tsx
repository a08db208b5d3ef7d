import { useState } from 'react';
import { useAct } from '../../api/queries.ts';
import type { FoundParty } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Facts } from '../../components/Facts.tsx';
import { TextField } from '../../components/Field.tsx';
import { Form } from '../../components/Form.tsx';
import { When } from '../../components/figures.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';

/** Looks somebody up by a public name; nothing is kept of it. */
export function FindParty() {
  const find = useAct('find-party');
  const [address, setAddress] = useState('');
  const [found, setFound] = useState<FoundParty>();
  const submit = async () => {
    setFound(undefined);
    setFound(await find.run({ address: address.trim().toLowerCase() }));
  };
  return (
    <div className="stack">
      <p className="soft">{t.discovery.findLead}</p>
      <Form
        failure={find.failure}
        onSubmit={() => void submit()}
        acts={
          <Button type="submit" isBusy={find.isBusy} isOff={address.trim() === ''}>
            {t.discovery.find}
          </Button>
        }
      >
        <TextField
          name="address"
          label={t.discovery.address}
          hint={t.discovery.addressHint}
          value={address}
          onChange={setAddress}
          maxLength={300}
        />
      </Form>
      {found ? <Found found={found} /> : null}
    </div>
  );
}

function Found({ found }: { found: FoundParty }) {
  const places = [...found.storefronts.map((shop) => shop.market), ...found.markets];
  const markets = [...new Map(places.map((place) => [place.id, place])).values()];
  return (
    <section className="stack" aria-label={found.name}>
      <h3>{found.name}</h3>
      <Facts
        facts={[
          [t.discovery.address, found.address],
          [t.discovery.kind, t.discovery.kinds[found.kind]],
          found.about === ''
            ? undefined
            : [
                t.discovery.says,
                <span key="s" className="words">
                  {found.about}
                </span>,
              ],
          found.storefronts.length === 0
            ? undefined
            : [t.discovery.storefronts, found.storefronts.map((shop) => shop.name).join(', ')],
          [t.discovery.at, <When key="w" at={found.at} isStop={false} />],
          [t.discovery.key, <code key="k">{found.key}</code>],
        ]}
      />
      {found.plain.map((line) => (
        <p key={line} className="hint">
          {line}
        </p>
      ))}
      {markets.map((market) => (
        <MeetAt key={market.id} market={market} />
      ))}
    </section>
  );
}

function MeetAt({ market }: { market: FoundParty['markets'][number] }) {
  const add = useAct('add-market');
  const say = useSay();
  const act = async () => {
    const added = await add.run({ host: market.host });
    const theirs = added?.rows.find((row) => row.id === market.id);
    if (theirs) say({ text: theirs.isNew ? t.market.added(theirs.name) : t.market.known(theirs.name) });
  };
  return (
    <div className="acts">
      <span>
        {t.discovery.markets} {market.name}, {market.host}
      </span>
      <Button small label={t.discovery.addMarket(market.name)} isBusy={add.isBusy} onPress={() => void act()}>
        {t.discovery.addMarketShort}
      </Button>
      <Problem failure={add.failure} />
    </div>
  );
}
