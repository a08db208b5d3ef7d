import { ask } from '../../api/client.ts';

/**
 * The address printed at the start carries a one-time token behind its #, which servers never see. It makes this
 * browser the operator's, and leaves the address at once.
 */
export async function claimFromAddress(): Promise<void> {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (token === null) return;
  window.history.replaceState(null, '', window.location.pathname + window.location.search);
  try {
    await ask('claim-node', { token });
  } catch {
    // Used up or of an earlier start: the page goes on as for any visitor, and says what it may not do.
  }
}
