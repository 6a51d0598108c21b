/** That a record matches a rule. `labels` and `fields` are JSON texts. */
export type DetectionMatchRow = {
  tenant_id: string;
  rule_id: string;
  record_id: string;
  at: number;
  received_at: number;
  together: string | null;
  kind: string;
  labels: string;
  fields: string;
  /** When it was looked at, ms UTC; null until then. */
  told_at: number | null;
};

/** `body` is JSON text; identity, status, times and revision are those in it. */
export type SecurityIncidentRow = {
  tenant_id: string;
  id: string;
  identity: string;
  status: string;
  opened_at: number;
  last_at: number;
  revision: number;
  body: string;
};

export type SecurityRuleRow = { tenant_id: string; id: string; made_at: number; body: string };

export type OwnAccessRow = { tenant_id: string; permission: string; held: number; since: number };
