export type FieldValue = string | number | boolean | null;

/** A raw audit record of either form, as rules ask it. */
export type RecordView = {
  id: string;
  /** ms UTC. */
  at: number;
  form: 'activity' | 'graph';
  /** Normalised as in `AuditEvent`: trimmed, without the final dot, dashes folded. */
  operation: string;
  /** The id that the records of one act share. */
  together: string | null;
  /** Values of a Sigma field by any of its spellings; undefined where the record has none. */
  values(field: string): readonly FieldValue[] | undefined;
  /** Everything textual, for keyword searches. */
  texts(): Iterable<string>;
  /** All labels that the record can give: actor, target, address, role, app, group …; never empty strings. */
  labels: Readonly<Record<string, string>>;
};
