import { Link } from 'react-router';
import { UNDER_MORE } from '../components/frame/places.ts';
import { Page } from '../components/Page.tsx';
import { t } from '../i18n/index.ts';

export default function More() {
  return (
    <Page title={t.frame.more}>
      <ul className="bare places">
        {UNDER_MORE.map((place) => (
          <li key={place.to}>
            <Link to={place.to} data-row>
              {place.name}
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
