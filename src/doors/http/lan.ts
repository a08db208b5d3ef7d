import { networkInterfaces } from 'node:os';

/** Addresses of this machine in private networks: RFC 1918 first, then unique local ones (RFC 4193). */
export function privateAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal && isPrivate(entry.address))
    .map((entry) => entry.address)
    .sort((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
}

export function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/i.test(address);
}
