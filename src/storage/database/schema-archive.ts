/** One link of the chain that proves the archive; `body` is JSON text. */
export type ArchiveLinkRow = {
  tenant_id: string;
  seq: number;
  day: string;
  kind: string;
  written_at: number;
  body: string;
  key_id: string;
  mac: string;
};

/** The end of the chain, and which rows of before the chain are still to be sealed. */
export type ArchiveHeadRow = {
  tenant_id: string;
  seq: number;
  mac: string;
  older_from: number;
  older_to: number;
};

/** How far a SIEM has the archive. */
export type ForwardingRow = {
  tenant_id: string;
  siem: string;
  row_no: number;
  sent: number;
  refused: number;
  head: string | null;
  head_at: number | null;
  failures: number;
  failing_since: number | null;
  problem: string | null;
  not_before: number | null;
};

/** Somebody whose records are kept; `names` is a JSON list. An ended hold stays. */
export type LegalHoldRow = {
  tenant_id: string;
  person_id: string;
  names: string;
  reason: string;
  since: number;
  ended_at: number | null;
};

/** Records of before the index that are still to be indexed. */
export type AuditSearchStateRow = { tenant_id: string; older_from: number; older_to: number };

/** Who searched the archive; `people` is a list of object ids as JSON text. */
export type AuditSearchRow = {
  tenant_id: string;
  seq: number;
  at: number;
  by_whom: string;
  asked: string;
  people: string;
  found: number;
};
