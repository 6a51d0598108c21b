/** Microsoft's dates of a user's licenses; `plans` and `states` are JSON texts, null where none were told. */
export type LicenseDatesRow = {
  tenant_id: string;
  user_id: string;
  read_at: number;
  plans: string | null;
  states: string | null;
};

/** The read of everybody's dates: under way from `started_at` on, as long as that is set. */
export type LicenseDatesRunRow = {
  tenant_id: string;
  read_at: number | null;
  started_at: number | null;
  next_page: string | null;
  problem: string | null;
};

/** `offered` is a list of intents as JSON text. */
export type KeptSentenceRow = {
  tenant_id: string;
  id: string;
  at: number;
  language: string | null;
  sentence: string;
  offered: string;
  pressed: string | null;
};
