import { Link } from 'react-router';
import { useAct } from '../../api/queries.ts';
import type { Today } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { When } from '../../components/figures.tsx';
import { Section } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';

const PLACES = [
  ['/settings/devices', t.devices.title, t.cameBack.devices],
  ['/settings', t.frame.settings, t.cameBack.settings],
  ['/relationships/sharing', t.relationships.sharing, t.cameBack.sharing],
  ['/relationships/invitations', t.invitations.title, t.cameBack.invitations],
  ['/wants', t.wants.title, t.cameBack.wants],
  ['/data', t.data.title, t.cameBack.data],
] as const;

/** What nobody else can tell this node again: each is to be looked through by whoever changed it. */
export function CameBack({ note }: { note: NonNullable<Today['restored']> }) {
  const dismiss = useAct('dismiss-restored-note');
  return (
    <Section title={t.cameBack.title}>
      <div className="came-back">
        <p>
          {t.cameBack.from} <When at={note.from} />. {t.cameBack.what}
        </p>
        <ul>
          {PLACES.map(([to, place, why]) => (
            <li key={to}>
              <Link to={to}>{place}</Link>: {why}
            </li>
          ))}
        </ul>
        {note.sharedHere.length > 0 ? (
          <>
            <p>{t.cameBack.here}</p>
            <ul>
              {note.sharedHere.map(({ relationship, name }) => (
                <li key={relationship}>
                  <Link to={`/relationships/${relationship}`}>{name}</Link>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        <Problem failure={dismiss.failure} />
        <Button isBusy={dismiss.isBusy} onPress={() => dismiss.run({})}>
          {t.cameBack.dismiss}
        </Button>
      </div>
    </Section>
  );
}
