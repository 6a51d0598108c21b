/** One value of a field: what a record holds there, unwrapped from the lists and JSON texts around it. */
export type FieldValue = string | number | boolean | null;

/** An audit record as detections see it, whichever log wrote it. */
export type RecordView = {
  id: string;
  /** When it happened, ms UTC; 0 where the record has no time. */
  at: number;
  /** `activity`: a record of the Management Activity API. `graph`: a `directoryAudit` of Microsoft Graph. */
  form: 'activity' | 'graph';
  /** As `AuditEvent.operation`: trimmed, without the final dot, dashes folded. */
  operation: string;
  /**
   * What the records of one act have in common, or null. The same text may come again with another act of the
   * same people (a role given twice): it joins only records that lie minutes apart.
   */
  together: string | null;
  /**
   * The values of a Sigma field, by any of its spellings; undefined where the record has no such field. An
   * object or a list of objects is its JSON text.
   */
  values(field: string): readonly FieldValue[] | undefined;
  /** Everything textual, for keyword searches. */
  texts(): Iterable<string>;
  /** All labels that the record can give (`actor`, `target`, `address`, `role` …); none is empty. */
  readonly labels: Readonly<Record<string, string>>;
};
