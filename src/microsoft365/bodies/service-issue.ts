import { z } from 'zod';
import type { ServiceIssue } from '../../domain/audit/event.ts';
import { Instant } from './instant.ts';

/** Microsoft Graph `serviceHealthIssue`, as far as we use it. */
export const GraphServiceIssue = z.object({
  id: z.string(),
  title: z.string(),
  service: z.string(),
  feature: z.string().nullish(),
  classification: z.string(),
  status: z.string(),
  startDateTime: Instant,
  endDateTime: Instant.nullish(),
  isResolved: z.boolean(),
  impactDescription: z.string().nullish(),
});
export type GraphServiceIssue = z.infer<typeof GraphServiceIssue>;

/** Microsoft's documents show enum values in both spellings: `ServiceRestored` and `serviceRestored`. */
const camelCase = (value: string): string => value.charAt(0).toLowerCase() + value.slice(1);

/** Takes a checked Graph body and returns the issue as we keep it; times are ms UTC. */
export const toServiceIssue = (issue: GraphServiceIssue): ServiceIssue => ({
  id: issue.id,
  title: issue.title,
  service: issue.service,
  feature: issue.feature ?? null,
  classification: camelCase(issue.classification),
  status: camelCase(issue.status),
  startAt: issue.startDateTime,
  endAt: issue.endDateTime ?? null,
  isResolved: issue.isResolved,
  impact: issue.impactDescription ?? '',
});
