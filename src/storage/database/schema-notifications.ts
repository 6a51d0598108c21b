/** Rows of Graph's change notifications. Times are ms UTC. */

export type ChangeSubscriptionRow = {
  tenant_id: string;
  resource: 'users' | 'groups';
  id: string;
  client_state: string;
  url: string;
  expires_at: number;
};

export type NotifiedObjectRow = {
  tenant_id: string;
  resource: 'users' | 'groups';
  id: string;
  at: number;
};

export type NotificationCountsRow = {
  tenant_id: string;
  since: number;
  last_at: number | null;
  received: number;
  refused: number;
  unreadable: number;
  changes_notified: number;
  changes_scanned: number;
};
