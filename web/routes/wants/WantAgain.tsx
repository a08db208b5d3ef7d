import { useNavigate } from 'react-router';
import type { Intent } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Section } from '../../components/Page.tsx';
import { t } from '../../i18n/index.ts';

/** The same sentence, read anew: what the days and the market were then may not hold now. */
export function WantAgain({ intent }: { intent: Intent }) {
  const navigate = useNavigate();
  return (
    <Section title={t.wants.change}>
      <Button kind="act" onPress={() => navigate('/wants/new', { state: { sentence: intent.sentence } })}>
        {t.wants.again}
      </Button>
    </Section>
  );
}
