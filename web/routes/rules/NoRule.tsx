import type { Failure } from '../../api/failure.ts';
import { LinkButton } from '../../components/Button.tsx';
import { Empty } from '../../components/Empty.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';

/** The page of a rule that is not here: on its way, not to be had, or none of mine. */
export function NoRule(props: {
  title: string;
  asked: { isLoading: boolean; failure: Failure | undefined; again: () => void };
}) {
  const { isLoading, failure, again } = props.asked;
  return (
    <Page title={props.title} back={{ to: '/data/rules', place: t.rules.title }}>
      <Problem failure={failure} again={again} />
      {isLoading ? <p className="hint">{t.frame.loading}</p> : null}
      {isLoading || failure ? null : (
        <Empty
          title={t.rules.unknownTitle}
          text={t.rules.unknown}
          act={<LinkButton to="/data/rules">{t.rules.seeRules}</LinkButton>}
        />
      )}
    </Page>
  );
}
