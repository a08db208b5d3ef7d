import assert from 'node:assert/strict';
import type { CDPSession, Page } from 'playwright-core';

/** A device that the browser has its passkeys in: Chromium's own virtual authenticator. */
export interface Device {
  /** How many passkeys it holds, and how often the newest has signed. */
  passkeys(): Promise<{ count: number; signed: number }>;
  /** Whether it takes whoever holds it for its owner. */
  recognise(isOwner: boolean): Promise<void>;
  /** It is lost, with everything in it. */
  lose(): Promise<void>;
}

interface Kind {
  /** Whether a passkey of it can open keys. */
  readonly opensKeys: boolean;
}

/** Gives the page a device that recognises its owner and answers at once. */
export async function addDevice(page: Page, { opensKeys }: Kind): Promise<Device> {
  const session = await webAuthn(page);
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: opensKeys,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    async passkeys() {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId });
      assert.ok(
        credentials.every((it) => it.isResidentCredential),
        'each can be found without a name',
      );
      return { count: credentials.length, signed: Math.max(0, ...credentials.map((it) => it.signCount)) };
    },
    async recognise(isUserVerified) {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async lose() {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId });
    },
  };
}

const sessions = new WeakMap<Page, CDPSession>();

async function webAuthn(page: Page): Promise<CDPSession> {
  const known = sessions.get(page);
  if (known) return known;
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable', { enableUI: false });
  sessions.set(page, session);
  return session;
}
