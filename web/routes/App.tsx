import { lazy, Suspense } from 'react';
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { useAsk } from '../api/queries.ts';
import { Frame } from '../components/frame/Frame.tsx';
import { Problem } from '../components/Problem.tsx';
import { t } from '../i18n/index.ts';

const Start = lazy(() => import('./start/Start.tsx'));
const LoadSample = lazy(() => import('./start/LoadSample.tsx'));
const SignIn = lazy(() => import('./start/SignIn.tsx'));
const Recover = lazy(() => import('./start/Recover.tsx'));
const ImportFirst = lazy(() => import('./start/ImportFirst.tsx'));
const Today = lazy(() => import('./today/Today.tsx'));
const Deliveries = lazy(() => import('./today/Deliveries.tsx'));
const Wants = lazy(() => import('./wants/Wants.tsx'));
const NewWant = lazy(() => import('./wants/NewWant.tsx'));
const Want = lazy(() => import('./wants/Want.tsx'));
const Accept = lazy(() => import('./accept/Accept.tsx'));
const Relationships = lazy(() => import('./relationships/Relationships.tsx'));
const Invitations = lazy(() => import('./invitations/Invitations.tsx'));
const Relationship = lazy(() => import('./relationships/Relationship.tsx'));
const Agreement = lazy(() => import('./relationships/Agreement.tsx'));
const Sharing = lazy(() => import('./relationships/Sharing.tsx'));
const Data = lazy(() => import('./data/Data.tsx'));
const Files = lazy(() => import('./data/files/Files.tsx'));
const NewItem = lazy(() => import('./data/NewItem.tsx'));
const EditItem = lazy(() => import('./data/EditItem.tsx'));
const Keeping = lazy(() => import('./data/Keeping.tsx'));
const BeginSealing = lazy(() => import('./data/BeginSealing.tsx'));
const ImportItems = lazy(() => import('./data/ImportItems.tsx'));
const Proofs = lazy(() => import('./proofs/Proofs.tsx'));
const Rules = lazy(() => import('./rules/Rules.tsx'));
const EditRule = lazy(() => import('./rules/EditRule.tsx'));
const LookAtRule = lazy(() => import('./rules/LookAtRule.tsx'));
const Terms = lazy(() => import('./terms/Terms.tsx'));
const Desk = lazy(() => import('./desk/Desk.tsx'));
const EditListing = lazy(() => import('./desk/EditListing.tsx'));
const ImportListings = lazy(() => import('./desk/ImportListings.tsx'));
const Casts = lazy(() => import('./desk/Casts.tsx'));
const AnswerWant = lazy(() => import('./desk/AnswerWant.tsx'));
const DeskAgreements = lazy(() => import('./desk/DeskAgreements.tsx'));
const Market = lazy(() => import('./market/Market.tsx'));
const Settings = lazy(() => import('./settings/Settings.tsx'));
const Devices = lazy(() => import('./devices/Devices.tsx'));
const Leave = lazy(() => import('./leave/Leave.tsx'));
const More = lazy(() => import('./More.tsx'));
const NotFound = lazy(() => import('./NotFound.tsx'));

/** Every address of the program and its page; each page is its own script. */
export function App() {
  return (
    <Suspense fallback={null}>
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
    </Suspense>
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
      <Suspense fallback={<p className="page hint">{t.frame.loading}</p>} key={pathname}>
        <Outlet />
      </Suspense>
    </Frame>
  );
}
