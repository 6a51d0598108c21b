import type { LicenseChange } from '../license/change.ts';
import type { Verdict } from './verdict.ts';

/** A stored change with its latest verdict, and the incident that it is part of. */
export type ExplainedChange = { change: LicenseChange; verdict: Verdict | null; incidentId: string | null };
