import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { useNavigate } from 'react-router';
import { useAsk } from '../../api/queries.ts';
import type { WhoAmI } from '../../api/shapes.ts';
import { t } from '../../i18n/index.ts';
import { Sample } from '../figures.tsx';
import { useBecome } from './become.ts';

const VENDORS_SHOWN = 8;

/** Everybody this session may act as, a few sample vendors among them, and the ways in and out. */
export default function ActingMenu({ who }: { who: WhoAmI }) {
  const navigate = useNavigate();
  const sample = useAsk('sample-status', {}).data;
  const become = useBecome();
  const onAction = async (key: string) => {
    if (key.startsWith('as:')) return become.party(key.slice(3));
    if (key.startsWith('sample:')) return become.sample(key.slice(7));
    if (key === 'out') return become.nobody();
    navigate(key);
  };
  const vendors = sample?.vendors?.slice(0, VENDORS_SHOWN) ?? [];
  return (
    <MenuTrigger>
      <Button className="button switch" data-kind="line" aria-label={t.frame.switchParty}>
        <svg viewBox="0 0 12 8" width="12" height="8" aria-hidden="true">
          <path d="M1 1.5 6 6.5 11 1.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </Button>
      <Popover className="popover" placement="bottom start">
        <Menu
          className="menu"
          aria-label={t.frame.switchParty}
          onAction={(key) => void onAction(String(key))}
        >
          <MenuSection
            aria-label={t.frame.switchParty}
            selectionMode="single"
            selectedKeys={[`as:${who.acting?.handle}`]}
          >
            {who.parties.map((party) => (
              <MenuItem key={party.id} id={`as:${party.handle}`} textValue={party.name}>
                <span>
                  {party.name} <Sample is={party.isSample} />
                </span>
              </MenuItem>
            ))}
          </MenuSection>
          {vendors.length > 0 ? (
            <MenuSection aria-label={t.frame.sampleVendors}>
              {vendors.map((vendor) => (
                <MenuItem key={vendor.handle} id={`sample:${vendor.handle}`} textValue={vendor.name}>
                  <span>
                    {vendor.name} <Sample is />
                  </span>
                </MenuItem>
              ))}
              <MenuItem id="/settings#sample">{t.frame.findVendor}</MenuItem>
            </MenuSection>
          ) : null}
          <MenuSection aria-label={t.frame.more}>
            <MenuItem id="/start">{t.frame.addParty}</MenuItem>
            <MenuItem id="/sign-in">{t.frame.signInOther}</MenuItem>
            <MenuItem id="out">{t.frame.signOut}</MenuItem>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
