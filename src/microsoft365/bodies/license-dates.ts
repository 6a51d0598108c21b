import { z } from 'zod';
import { DIRECT } from '../../domain/license/user-state.ts';
import type { DatesRead } from '../../domain/ports.ts';
import { Instant, timeOrNull } from './instant.ts';
import { lowerCase } from './normal-form.ts';

/** Microsoft Graph `assignedPlan`; `service` says nothing that the plan's id does not. */
const AssignedPlan = z.object({
  servicePlanId: z.string(),
  capabilityStatus: z.string().nullish(),
  assignedDateTime: Instant.nullish(),
});

const DatedState = z.object({
  skuId: z.string(),
  assignedByGroup: z.string().nullish(),
  lastUpdatedDateTime: Instant.nullish(),
});

/** Microsoft Graph `user`, as far as it tells since when a license is assigned. */
export const GraphLicenseDates = z.object({
  id: z.string(),
  assignedPlans: z.array(AssignedPlan).nullish(),
  licenseAssignmentStates: z.array(DatedState).nullish(),
});
export type GraphLicenseDates = z.infer<typeof GraphLicenseDates>;

/** The properties that `GraphLicenseDates` needs, for `$select`. */
export const LICENSE_DATE_PROPERTIES: readonly string[] = Object.keys(GraphLicenseDates.shape);

/** Takes a checked Graph body and returns what we keep. */
export const toLicenseDates = ({
  id,
  assignedPlans,
  licenseAssignmentStates,
}: GraphLicenseDates): DatesRead => ({
  userId: lowerCase(id),
  plans:
    assignedPlans?.map(({ servicePlanId, capabilityStatus, assignedDateTime }) => ({
      servicePlanId: lowerCase(servicePlanId),
      status: capabilityStatus ?? 'unknown',
      assignedAt: timeOrNull(assignedDateTime),
    })) ?? null,
  states:
    licenseAssignmentStates?.flatMap(({ skuId, assignedByGroup, lastUpdatedDateTime }) => {
      const updatedAt = timeOrNull(lastUpdatedDateTime);
      const path = assignedByGroup ? lowerCase(assignedByGroup) : DIRECT;
      return updatedAt === null ? [] : [{ skuId: lowerCase(skuId), path, updatedAt }];
    }) ?? null,
});
