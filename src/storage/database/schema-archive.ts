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
