import { useAct } from '../../api/queries.ts';
import type { Grant } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Problem } from '../../components/Problem.tsx';
import { saveAs } from '../../components/save-as.ts';
import { t } from '../../i18n/index.ts';

/** The consent that a grant is, as a file to keep or to show; nothing for what has not been given yet. */
export function SaveConsent({
  grant,
  name,
}: {
  grant: Pick<Grant, 'id' | 'label' | 'since' | 'purpose'>;
  name: string;
}) {
  const get = useAct('get-consent-record', { leaves: true });
  if (grant.since === undefined) return null;
  const act = async () => {
    const record = await get.run({ grant: grant.id });
    if (!record) return;
    const text = `${JSON.stringify(record, undefined, 2)}\n`;
    saveAs(new Blob([text], { type: 'application/ld+json' }), `consent-${grant.id}.jsonld`);
  };
  return (
    <>
      <Button
        kind="line"
        small
        isBusy={get.isBusy}
        label={t.relationships.saveConsentOf(grant.label, name, grant.purpose)}
        onPress={() => void act()}
      >
        {t.relationships.saveConsent}
      </Button>
      <Problem failure={get.failure} />
    </>
  );
}
