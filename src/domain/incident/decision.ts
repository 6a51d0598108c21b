/** Who pressed, as the verified activity names them: object id and tenant, lower case. */
export type Person = { aadObjectId: string; tenantId: string | null; name: string };

export type DecisionKind = 'reassign' | 'approve' | 'snooze' | 'set-channel';

/** What somebody asks for. Ids only: everything else is loaded. `until` is ms UTC. */
export type DecisionRequest =
  | { kind: 'reassign'; incidentId: string; userIds: string[] | null }
  | { kind: 'approve'; incidentId: string; reason: string }
  | { kind: 'snooze'; incidentId: string; until: number; reason: string };

/** One row of the append-only decision log. Times are ms UTC. */
export type Decision = {
  id: string;
  at: number;
  kind: DecisionKind;
  incidentId: string | null;
  by: Person;
  reason: string | null;
  /** The users chosen; null means all of the incident. */
  userIds: string[] | null;
  /** The end of a snooze. */
  until: number | null;
};

export type StepStatus = 'planned' | 'done' | 'refused' | 'failed';

/** One write to the tenant that a decision asks for. `refused`: Microsoft said no for good; `failed`: gave up trying. */
export type RestoreStep = {
  decisionId: string;
  stepNo: number;
  userId: string;
  addLicenses: { skuId: string; disabledPlans: string[] }[];
  status: StepStatus;
  message: string | null;
  updatedAt: number;
};
