/** Append-only, but that an erasure puts a pseudonym in place of a person. `counts` is JSON text. */
export type PersonLogRow = {
  tenant_id: string;
  id: string;
  at: number;
  act: string;
  person: string;
  by_user: string;
  counts: string;
  reason: string | null;
};

/**
 * An erasure under way; gone when it has finished. `names`, `pseudonym` and `counts` are JSON texts. `open` is 1 only
 * inside a transaction that puts the pseudonym into a ledger.
 */
export type ErasureRow = {
  tenant_id: string;
  person: string;
  names: string;
  pseudonym: string;
  counts: string;
  open: 0 | 1;
};
