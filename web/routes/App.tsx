import { Fragment } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { useAsk } from '../api/queries.ts';
import { Frame } from '../components/frame/Frame.tsx';
import { lazily } from '../components/lazily.tsx';
import { Problem } from '../components/Problem.tsx';
import { t } from '../i18n/index.ts';

const Start = lazily(() => import('./start/Start.tsx'));
const LoadSample = lazily(() => import('./start/LoadSample.tsx'), Loading);
const SignIn = lazily(() => import('./start/SignIn.tsx'));
const Recover = lazily(() => import('./start/Recover.tsx'));
const ImportFirst = lazily(() => import('./start/ImportFirst.tsx'));
const Today = lazily(() => import('./today/Today.tsx'), Loading);
const Deliveries = lazily(() => import('./today/Deliveries.tsx'), Loading);
const Wants = lazily(() => import('./wants/Wants.tsx'), Loading);
const NewWant = lazily(() => import('./wants/NewWant.tsx'), Loading);
const Want = lazily(() => import('./wants/Want.tsx'), Loading);
const Accept = lazily(() => import('./accept/Accept.tsx'), Loading);
const Relationships = lazily(() => import('./relationships/Relationships.tsx'), Loading);
const Invitations = lazily(() => import('./invitations/Invitations.tsx'), Loading);
const Relationship = lazily(() => import('./relationships/Relationship.tsx'), Loading);
const GiveMore = lazily(() => import('./relationships/GiveMore.tsx'), Loading);
const Agreement = lazily(() => import('./relationships/Agreement.tsx'), Loading);
const Sharing = lazily(() => import('./relationships/Sharing.tsx'), Loading);
const Data = lazily(() => import('./data/Data.tsx'), Loading);
const Files = lazily(() => import('./data/files/Files.tsx'), Loading);
const NewItem = lazily(() => import('./data/NewItem.tsx'), Loading);
const EditItem = lazily(() => import('./data/EditItem.tsx'), Loading);
const Keeping = lazily(() => import('./data/Keeping.tsx'), Loading);
const BeginSealing = lazily(() => import('./data/BeginSealing.tsx'), Loading);
const ImportItems = lazily(() => import('./data/ImportItems.tsx'), Loading);
const Proofs = lazily(() => import('./proofs/Proofs.tsx'), Loading);
const Rules = lazily(() => import('./rules/Rules.tsx'), Loading);
const EditRule = lazily(() => import('./rules/EditRule.tsx'), Loading);
const LookAtRule = lazily(() => import('./rules/LookAtRule.tsx'), Loading);
const Terms = lazily(() => import('./terms/Terms.tsx'), Loading);
const Desk = lazily(() => import('./desk/Desk.tsx'), Loading);
const EditListing = lazily(() => import('./desk/EditListing.tsx'), Loading);
const ImportListings = lazily(() => import('./desk/ImportListings.tsx'), Loading);
const Casts = lazily(() => import('./desk/Casts.tsx'), Loading);
const AnswerWant = lazily(() => import('./desk/AnswerWant.tsx'), Loading);
const DeskAgreements = lazily(() => import('./desk/DeskAgreements.tsx'), Loading);
const Market = lazily(() => import('./market/Market.tsx'), Loading);
const Settings = lazily(() => import('./settings/Settings.tsx'), Loading);
const Devices = lazily(() => import('./devices/Devices.tsx'), Loading);
const Leave = lazily(() => import('./leave/Leave.tsx'), Loading);
const More = lazily(() => import('./More.tsx'), Loading);
const NotFound = lazily(() => import('./NotFound.tsx'), Loading);

/** Every address of the program and its page; each page is its own script. */
export function App() {
  return (
    <Routes>
      <Route path="/start" element={<Start />} />
      <Route path="/start/import" element={<ImportFirst />} />
      <Route path="/sign-in" element={<SignIn />} />
      <Route path="/recover" element={<Recover />} />
      <Route element={<SignedIn />}>
        <Route path="/" element={<Today />} />
        <Route path="/start/sample" element={<LoadSample />} />
        <Route path="/deliveries" element={<Deliveries />} />
        <Route path="/wants" element={<Wants />} />
        <Route path="/wants/new" element={<NewWant />} />
        <Route path="/wants/:id" element={<Want />} />
        <Route path="/wants/:id/offers/:offer" element={<Accept />} />
        <Route path="/relationships" element={<Relationships />} />
        <Route path="/relationships/sharing" element={<Sharing />} />
        <Route path="/relationships/invitations" element={<Invitations />} />
        <Route path="/relationships/:id" element={<Relationship />} />
        <Route path="/relationships/:id/give/:item?" element={<GiveMore />} />
        <Route path="/relationships/:id/agreement" element={<Agreement />} />
        <Route path="/data" element={<Data />} />
        <Route path="/data/new" element={<NewItem />} />
        <Route path="/data/import" element={<ImportItems />} />
        <Route path="/data/files" element={<Files />} />
        <Route path="/data/keeping" element={<Keeping />} />
        <Route path="/data/keeping/begin" element={<BeginSealing />} />
        <Route path="/data/proofs" element={<Proofs />} />
        <Route path="/data/rules" element={<Rules />} />
        <Route path="/data/rules/new" element={<EditRule />} />
        <Route path="/data/rules/:id" element={<LookAtRule />} />
        <Route path="/data/rules/:id/change" element={<EditRule />} />
        <Route path="/data/:id" element={<EditItem />} />
        <Route path="/terms" element={<Terms />} />
        <Route path="/desk" element={<Desk />} />
        <Route path="/desk/listings/:id" element={<EditListing />} />
        <Route path="/desk/import" element={<ImportListings />} />
        <Route path="/desk/casts" element={<Casts />} />
        <Route path="/desk/casts/:alias" element={<AnswerWant />} />
        <Route path="/desk/agreements" element={<DeskAgreements />} />
        <Route path="/market" element={<Market />} />
        <Route path="/settings" element={<Settings />} />
        <Route path="/settings/devices" element={<Devices />} />
        <Route path="/leave" element={<Leave />} />
        <Route path="/more" element={<More />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}

/** Pages of somebody: whoever is nobody yet goes to the first page, or to sign in. */
function SignedIn() {
  const who = useAsk('who-am-i', {});
  const { pathname } = useLocation();
  if (who.failure) {
    return (
      <main className="page">
        <Problem failure={who.failure} again={who.again} />
      </main>
    );
  }
  if (!who.data) return null;
  if (!who.data.acting) return <Navigate to={who.data.isFresh ? '/start' : '/sign-in'} replace />;
  return (
    <Frame who={who.data} key={who.data.acting.id}>
      <Fragment key={pathname}>
        <Outlet />
      </Fragment>
    </Frame>
  );
}

function Loading() {
  return <p className="page hint">{t.frame.loading}</p>;
}
