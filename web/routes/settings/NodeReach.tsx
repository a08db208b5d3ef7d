import { useAsk } from '../../api/queries.ts';
import { Problem } from '../../components/Problem.tsx';
import { t } from '../../i18n/index.ts';

/** How others reach this node and what it does for them, for whoever runs it. */
export function NodeReach() {
  const node = useAsk('show-node', {});
  if (!node.data) return <Problem failure={node.failure} again={node.again} />;
  const { publicOrigin, relay, carriesForOthers, plainPeers } = node.data;
  return (
    <div className="stack">
      <p>{publicOrigin === undefined ? t.settings.nodeAlone : t.settings.nodePublic(publicOrigin)}</p>
      <p>{relay === undefined ? t.settings.nodeNoRelay : t.settings.nodeRelay(relay)}</p>
      {publicOrigin === undefined ? null : (
        <p>{carriesForOthers ? t.settings.nodeCarries : t.settings.nodeCarriesNot}</p>
      )}
      {plainPeers.length > 0 ? <p>{t.settings.nodePlain(plainPeers.join(', '))}</p> : null}
      <p className="hint">{t.settings.nodeHint}</p>
    </div>
  );
}
