import type { AssignOutcome } from '../../domain/ports.ts';
import type { ServiceError } from '../http/service-error.ts';

export type AssignRefusal = Extract<AssignOutcome, { ok: false }>;

type Kind = { code: string; sentence: string };

/**
 * What Microsoft's refusals to assign a license mean. They all come as 400 `Request_BadRequest`, so that here,
 * and only here, the English message has to tell them apart. The wordings were collected from recorded
 * answers, Microsoft's documents and other clients; the conflict has several.
 */
const BY_MESSAGE: readonly { pattern: RegExp; kind: Kind }[] = [
  {
    pattern: /does not have any available licenses/i,
    kind: { code: 'no-seats', sentence: 'No seat of this product is free.' },
  },
  {
    pattern: /usage location/i,
    kind: {
      code: 'usage-location',
      sentence: 'The user has no usage location, or one where the product is not sold.',
    },
  },
  {
    pattern: /mutually exclusive|conflicts with service plan/i,
    kind: { code: 'conflict', sentence: 'The product conflicts with another one that the user has.' },
  },
  {
    pattern: /depends on the service plan/i,
    kind: { code: 'dependency', sentence: 'The product needs another one that the user does not have.' },
  },
  {
    pattern: /does not correspond to a valid company license/i,
    kind: { code: 'not-owned', sentence: 'The tenant does not own this product.' },
  },
  {
    pattern: /inherited from a group membership/i,
    kind: { code: 'refused', sentence: 'The license comes from a group and can only be changed there.' },
  },
];

/** Some answers name the violation as a code in `error.details`: that is surer than any text. */
const BY_DETAIL: Readonly<Record<string, string>> = {
  CountViolation: 'no-seats',
  ProhibitedInUsageLocationViolation: 'usage-location',
  MutuallyExclusiveViolation: 'conflict',
  DependencyViolation: 'dependency',
};

/** Takes a refused assignment and returns it as an outcome with a sentence for people. */
export function assignRefusal(status: number, error: ServiceError): AssignRefusal {
  if (status === 404) return refusal('not-found', 'The user does not exist any more.');
  if (status === 403) {
    return refusal(
      'forbidden',
      'The app may not assign licenses. Grant it the application permission LicenseAssignment.ReadWrite.All with admin consent.',
    );
  }
  const kind = kindByDetail(error.detailCodes) ?? kindByMessage(error.message);
  if (kind !== null) return refusal(kind.code, kind.sentence);
  const said = error.message || `status ${status} without an explanation`;
  return refusal('refused', `Microsoft refused the assignment: ${said}`);
}

function kindByDetail(codes: readonly string[]): Kind | null {
  const named = codes.map((code) => BY_DETAIL[code]).find((code) => code !== undefined);
  return BY_MESSAGE.find(({ kind }) => kind.code === named)?.kind ?? null;
}

const kindByMessage = (message: string): Kind | null =>
  BY_MESSAGE.find(({ pattern }) => pattern.test(message))?.kind ?? null;

const refusal = (code: string, message: string): AssignRefusal => ({
  ok: false,
  retryable: false,
  code,
  message,
});
