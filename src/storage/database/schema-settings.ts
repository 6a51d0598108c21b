/** Rows of settings that people set in chat. Times are ms UTC; people and changes are JSON text. */

export type ChatSettingRow = { tenant_id: string; key: string; value: string; at: number; set_by: string };

export type SettingRequestRow = {
  tenant_id: string;
  id: string;
  at: number;
  expires_at: number;
  asked_by: string;
  changes: string;
};
