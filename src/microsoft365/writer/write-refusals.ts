import type { StepAction } from '../../domain/restore/step.ts';
import type { ServiceError } from '../http/service-error.ts';

/** What a refusal means: a stable code, and a sentence that says what to do. */
export type Refusal = { code: string; message: string };

/**
 * What Microsoft's refusals to change licenses and memberships mean. They all come as 400
 * `Request_BadRequest`, so that here, and only here, the English message has to tell them apart. The wordings
 * were collected from recorded answers, Microsoft's documents and other clients; the conflict has several.
 */
const BY_MESSAGE: readonly {
  pattern: RegExp;
  refusal: Refusal;
  /** What to say where something was to be removed: then it means something else. */
  removing?: string;
}[] = [
  {
    pattern: /does not have any available licenses/i,
    refusal: {
      code: 'no-seats',
      message: 'No seat of the product is free. Buy seats or free some, then retry.',
    },
  },
  {
    pattern: /usage location/i,
    removing:
      'Microsoft refused to remove the license because of the user’s usage location. Set a usage location, then retry.',
    refusal: {
      code: 'usage-location',
      message:
        'The user has no usage location, or one where the product is not sold. Set the usage location, then retry.',
    },
  },
  {
    pattern: /mutually exclusive|conflicts with service plan/i,
    removing:
      'What would be left of the user’s products conflicts with itself. Remove the other product as well, then retry.',
    refusal: {
      code: 'conflict',
      message:
        'The product conflicts with another one that the user has. Remove that one or its conflicting plan, then retry.',
    },
  },
  {
    pattern: /depends on the service plan/i,
    removing:
      'Another product of the user needs this one. Remove both together, or the other one first, then retry.',
    refusal: {
      code: 'dependency',
      message:
        'A product of the user would be without another one that it needs. Give or remove both together.',
    },
  },
  {
    pattern: /does not correspond to a valid company license/i,
    removing: 'The tenant does not own this product any more, so that there is nothing to remove it from.',
    refusal: {
      code: 'not-owned',
      message: 'The tenant does not own this product any more. Buy it, or give another one.',
    },
  },
  {
    // Known from creating users; what a restore says then is not on record.
    pattern: /another object with the same value for property/i,
    refusal: {
      code: 'refused',
      message: 'Another account has the name or an address of the deleted one. Change that one, then retry.',
    },
  },
  {
    pattern: /inherited from (a |the )?group/i,
    refusal: {
      code: 'inherited',
      message:
        'The license comes from a group and can only be removed there: remove the user from the group.',
    },
  },
  {
    pattern: /on-premises mastered/i,
    refusal: {
      code: 'group-locked',
      message: 'The group is managed on premises. Change its members there; the change is synced.',
    },
  },
  {
    pattern: /mail-enabled security group|distribution list/i,
    refusal: {
      code: 'group-locked',
      message: 'The group is mail-enabled. Change its members in the Exchange admin center.',
    },
  },
  {
    // The text for dynamic groups is not on record; the writer looks at the group where this does not match.
    pattern: /dynamic membership/i,
    refusal: {
      code: 'group-locked',
      message: 'The members of the group follow its rule. Change the rule, or what it looks at.',
    },
  },
];

/** Some answers name the violation as a code in `error.details`: that is surer than any text. */
const BY_DETAIL: ReadonlyMap<string, string> = new Map([
  ['CountViolation', 'no-seats'],
  ['ProhibitedInUsageLocationViolation', 'usage-location'],
  ['MutuallyExclusiveViolation', 'conflict'],
  ['DependencyViolation', 'dependency'],
  // Graph's cloud licensing names it so, in `innerError`.
  ['mutuallyExclusiveServicePlans', 'conflict'],
  ['ObjectConflict', 'refused'],
  ['ConflictingObjects', 'refused'],
]);

/** With these Microsoft refuses an action because there is nothing left to do for it. */
const ALREADY: Partial<Record<StepAction['kind'], RegExp>> = {
  'add-to-group': /added object references already exist/i,
  'remove-from-group': /removed object references do not exist/i,
  unassign: /does not have a corresponding license/i,
  'unlicense-group': /does not have a corresponding license/i,
};

/** Whether Microsoft refused an action because it was so already. */
export function isAlreadySo(kind: StepAction['kind'], status: number, error: ServiceError): boolean {
  // Somebody who is no member, or not there at all, need not be removed.
  if (kind === 'remove-from-group' && status === 404) return true;
  return status === 400 && (ALREADY[kind]?.test(error.message) ?? false);
}

const REMOVALS: ReadonlySet<StepAction['kind']> = new Set([
  'unassign',
  'unlicense-group',
  'remove-from-group',
]);

/** What a refusal with a known violation or text means for an action; null for one that nobody has seen yet. */
export function knownRefusal(kind: StepAction['kind'], error: ServiceError): Refusal | null {
  const named = error.detailCodes.map((code) => BY_DETAIL.get(code)).find((code) => code !== undefined);
  const known =
    BY_MESSAGE.find(({ refusal }) => refusal.code === named) ??
    BY_MESSAGE.find(({ pattern }) => pattern.test(error.message));
  if (!known) return null;
  const message = (REMOVALS.has(kind) ? known.removing : undefined) ?? known.refusal.message;
  return { code: known.refusal.code, message };
}
