import { type PasskeyRow, Transport } from './model.ts';
import type { Site } from './site.ts';

/** The passkeys of one site as a browser is told of them. */
export function describe(rows: readonly PasskeyRow[], site: Site) {
  return rows
    .filter((row) => row.site === site.name)
    .map((row) => ({
      type: 'public-key' as const,
      id: row.credential,
      transports: Transport.options.filter((transport) => row.transports.split(' ').includes(transport)),
    }));
}
