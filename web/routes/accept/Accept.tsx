import { useState } from 'react';
import { useParams } from 'react-router';
import { useAsk } from '../../api/queries.ts';
import { Page } from '../../components/Page.tsx';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';
import { AcceptSheet } from './AcceptSheet.tsx';

/** The last look at both sides before an offer is accepted. */
export default function Accept() {
  const { id = '', offer: offerId = '' } = useParams();
  const want = useAsk('get-intent', { id });
  const offers = useAsk('list-offers', { intent: id, limit: 200 });
  // Once it is agreed there is nothing left to preview, and the relationship's page may take a moment to come.
  const [isAgreed, setAgreed] = useState(false);
  const preview = useAsk('preview-accept', { offer: offerId }, { off: isAgreed });
  const offer = offers.data?.rows.find((one) => one.id === offerId);
  const failure = want.failure ?? offers.failure ?? preview.failure;
  const again = () => {
    want.again();
    offers.again();
    preview.again();
  };
  return (
    <Page
      title={t.accept.title}
      back={{ to: `/wants/${id}`, place: t.offers.title }}
      other={offer?.vendor}
      lead={offer ? t.accept.lead(offer.vendor.name) : null}
    >
      <Problem failure={failure} again={again} />
      {offer && preview.data ? (
        <AcceptSheet key={offer.id} offer={offer} preview={preview.data} onAgreed={() => setAgreed(true)} />
      ) : null}
    </Page>
  );
}
