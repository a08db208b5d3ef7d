/** The limits of this room, beside those of the kernel. */
export const AGREEMENT_LIMITS = {
  /** Octets of an agreement: room for both signatures and what goes with them in one envelope. */
  agreementBytes: 64 * 1024,
  /** Relationships, the newest first, that are looked through for what was agreed to be given and was not. */
  owedLooked: 200,
  /** Refusals that a storefront signs and keeps within 24 hours; what comes beyond is refused in the receipt alone. */
  refusalsPerDay: 100,
  /** Refusals that a seller keeps in all, likewise. */
  refusalsKept: 5_000,
  /** Milliseconds before one other side is told again what the relationship stands on. */
  foundingToldMs: 24 * 3600 * 1000,
} as const;
