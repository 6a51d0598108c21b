/** One user of a plan: what will be done, what cannot be, and what would help. */
export type PlanLine = {
  userId: string;
  name: string;
  /** "Assign Microsoft 365 E3 directly, without Yammer"; empty when nothing can be done. */
  does: string[];
  /** Reason and way out, a sentence each. */
  blocked: { reason: string; wayOut: string }[];
};

/** What a press of the button will do, before anything is written. */
export type PlanView = {
  /** Comes back with the press: a plan that has changed since is shown again first. */
  digest: string;
  /** "4 users get Microsoft 365 E3 back directly; 1 cannot: no seat is free." */
  sentence: string;
  lines: PlanLine[];
  /** Users that something will be done for. */
  ready: number;
  /** Users that something cannot be done for. */
  blocked: number;
  /** Whether it only assigns to users what they had: no group, no account and no service plan is written. */
  direct: boolean;
};
