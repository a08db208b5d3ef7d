import { LinkButton } from '../components/Button.tsx';
import { Page } from '../components/Page.tsx';
import { t } from '../i18n/index.ts';

export default function NotFound() {
  return (
    <Page title={t.frame.notFoundTitle} lead={t.frame.notFound}>
      <LinkButton to="/">{t.frame.toToday}</LinkButton>
    </Page>
  );
}
