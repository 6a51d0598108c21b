import {
  type AssignOutcome,
  type LicenseWriter,
  type ReadFailureCode,
  TenantReadError,
} from '../../domain/ports.ts';
import type { GraphClient } from '../graph/graph-client.ts';
import { serviceError } from '../http/service-error.ts';
import { OPERATIONS } from '../operations.ts';
import { assignRefusal } from './assign-refusals.ts';

/** Failures that another attempt, later, may not meet. */
const RETRYABLE: ReadonlySet<ReadFailureCode> = new Set([
  'throttled',
  'server-error',
  'timeout',
  'unreachable',
  'cancelled',
]);

/**
 * Assigns licenses through Graph's `assignLicense`. Sending it twice is harmless: a license that is there
 * already only gets its disabled plans set, so that a lost answer can be retried.
 */
export const createLicenseWriter = (graph: GraphClient, signal: AbortSignal): LicenseWriter => ({
  async assign(userId, add): Promise<AssignOutcome> {
    const body = {
      // All products of a user go in one call: an add-on on its own would miss what it depends on.
      addLicenses: add.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans: [...disabledPlans] })),
      removeLicenses: [],
    };
    const request = graph.api(`/users/${encodeURIComponent(userId)}/assignLicense`);
    try {
      const answer = await graph.post(request, body, OPERATIONS.assignLicense, signal);
      if (answer.status >= 200 && answer.status < 300) return { ok: true };
      return assignRefusal(answer.status, serviceError(answer.text));
    } catch (error) {
      if (!(error instanceof TenantReadError)) throw error;
      return { ok: false, retryable: RETRYABLE.has(error.code), code: error.code, message: error.message };
    }
  },
});
