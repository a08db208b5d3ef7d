import { useNavigate, useParams } from 'react-router';
import { useDraft } from '../../api/drafts.tsx';
import { useAct, useAsk } from '../../api/queries.ts';
import type { Listing } from '../../api/shapes.ts';
import { Button } from '../../components/Button.tsx';
import { Form } from '../../components/Form.tsx';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { useSay } from '../../components/Toasts.tsx';
import { t } from '../../i18n/index.ts';
import { ListingFields } from './ListingFields.tsx';
import { formOf, isWhole, newListing, toListing } from './listing-draft.ts';

/** A new listing, or one that replaces an earlier one: what is signed never changes. */
export default function EditListing() {
  const { id = '' } = useParams();
  const isNew = id === 'new';
  const listed = useAsk('list-listings', { id }, { off: isNew });
  const before = listed.data?.rows[0];
  if (isNew || before) return <Edit key={id} before={before} />;
  return (
    <Page title={t.desk.listing} back={{ to: '/desk', place: t.desk.title }}>
      <Problem failure={listed.failure} again={listed.again} />
      {listed.data ? <p>{t.frame.notFound}</p> : null}
    </Page>
  );
}

function Edit({ before }: { before: Listing | undefined }) {
  const publish = useAct('publish-listing');
  const navigate = useNavigate();
  const say = useSay();
  const draft = useDraft(`listing-${before?.id ?? 'new'}`, before ? formOf(before) : newListing());
  const submit = async () => {
    const listing = toListing(draft.value);
    if (!listing) return;
    const published = await publish.run({ ...listing, ...(before ? { id: before.id } : {}) });
    if (!published) return;
    draft.clear();
    say({ text: t.desk.published(published.title) });
    navigate('/desk');
  };
  return (
    <Page title={before?.title ?? t.desk.newTitle} back={{ to: '/desk', place: t.desk.title }}>
      {before ? <p className="notice">{t.desk.replaces}</p> : null}
      <Form
        wide
        failure={publish.failure}
        onSubmit={() => void submit()}
        acts={
          <>
            <Button kind="act" type="submit" isBusy={publish.isBusy} isOff={!isWhole(draft.value)}>
              {t.desk.save}
            </Button>
            <span className="hint">{isWhole(draft.value) ? t.desk.binds : t.desk.notWhole}</span>
          </>
        }
      >
        <ListingFields form={draft.value} set={draft.set} />
      </Form>
    </Page>
  );
}
