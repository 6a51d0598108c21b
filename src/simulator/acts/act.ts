import { z } from 'zod';
import { CONTENT_TYPES } from '../activity/feed.ts';
import { AUDIT_VARIANTS } from '../audit/fact.ts';
import { ATTACK_STEPS } from '../security/attack.ts';
import { ROLE_TEMPLATES, type RoleName } from '../tenant/role-assignments.ts';
import { CAPABILITY_STATUSES } from '../tenant/stock.ts';

/** A user by object id or UPN, a SKU by id or part number, a group by id or display name. */
const Name = z.string().min(1);

/** How the act is logged. Delays are seconds after the act, before speed. */
const logged = {
  /** A user, `{ app }`, or nobody named: then an admin of the tenant. */
  by: z.union([Name, z.object({ app: z.string() })]).optional(),
  audit: z.enum(AUDIT_VARIANTS).optional(),
  directoryAuditDelay: z.number().nonnegative().optional(),
  activityDelay: z.number().nonnegative().optional(),
};

const Issue = z.object({
  id: z.string(),
  title: z.string(),
  service: z.string(),
  feature: z.string(),
  featureGroup: z.string(),
  classification: z.enum(['advisory', 'incident']),
  impact: z.string(),
  update: z.string(),
});

const RoleNames = Object.keys(ROLE_TEMPLATES) as RoleName[];
/** Who holds a role over what; the tenant unless a unit is named. */
const role = { role: z.enum(RoleNames), holder: Name, unit: Name.optional() };

const Patch = z.strictObject({
  displayName: z.string().optional(),
  givenName: z.string().nullable().optional(),
  surname: z.string().nullable().optional(),
  userPrincipalName: z.string().optional(),
  mail: z.string().nullable().optional(),
  department: z.string().nullable().optional(),
  jobTitle: z.string().nullable().optional(),
  officeLocation: z.string().nullable().optional(),
  usageLocation: z.string().length(2).nullable().optional(),
  accountEnabled: z.boolean().optional(),
});

/** One thing that happens in the tenant: what a timeline is made of and what the control endpoint takes. */
export const Act = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('assign-license'),
    users: z.array(Name),
    sku: Name,
    disabledPlans: z.array(z.string()).optional(),
    ...logged,
  }),
  z.object({ kind: z.literal('remove-license'), users: z.array(Name), sku: Name, ...logged }),
  /** A SKU goes by every path, and by default no log says so. */
  z.object({ kind: z.literal('withdraw-license'), users: z.array(Name), sku: Name, ...logged }),
  z.object({ kind: z.literal('swap-license'), users: z.array(Name), from: Name, to: Name, ...logged }),
  z.object({ kind: z.literal('add-member'), group: Name, users: z.array(Name), ...logged }),
  z.object({ kind: z.literal('remove-member'), group: Name, users: z.array(Name), ...logged }),
  /** Whoever is in the list owns the group from then on, and nobody else; no log says so by itself. */
  z.object({ kind: z.literal('set-owners'), group: Name, users: z.array(Name) }),
  z.object({ kind: z.literal('add-to-unit'), unit: Name, users: z.array(Name) }),
  z.object({ kind: z.literal('remove-from-unit'), unit: Name, users: z.array(Name) }),
  z.object({ kind: z.literal('grant-role'), ...role }),
  z.object({ kind: z.literal('revoke-role'), ...role }),
  z.object({ kind: z.literal('set-group-licenses'), group: Name, skus: z.array(Name), ...logged }),
  z.object({ kind: z.literal('delete-group'), group: Name, ...logged }),
  z.object({ kind: z.literal('update-user'), user: Name, set: Patch, ...logged }),
  z.object({ kind: z.literal('delete-user'), users: z.array(Name), ...logged }),
  z.object({ kind: z.literal('restore-user'), users: z.array(Name), ...logged }),
  z.object({ kind: z.literal('subscription-status'), sku: Name, status: z.enum(CAPABILITY_STATUSES) }),
  z.object({ kind: z.literal('set-seats'), sku: Name, seats: z.int().nonnegative() }),
  z.object({ kind: z.literal('open-issue'), issue: Issue }),
  z.object({ kind: z.literal('resolve-issue'), id: z.string() }),
  /** What Set-AdminAuditLogConfig does, with its record; `silent` leaves the record out, as for a tenant that never audited. */
  z.object({
    kind: z.literal('set-auditing'),
    enabled: z.boolean(),
    admin: z.string().optional(),
    silent: z.boolean().optional(),
  }),
  /** So many days of ordinary work that came before, in both logs. */
  z.object({ kind: z.literal('ordinary-days'), days: z.int().min(1).max(60) }),
  /** The records that a step of an attack leaves. */
  z.object({ kind: z.literal('attack'), step: z.enum(ATTACK_STEPS) }),
  /** A finished Management Activity record, for operations that the tenant does not act out. */
  z.object({
    kind: z.literal('activity-record'),
    contentType: z.enum(CONTENT_TYPES),
    record: z.looseObject({ Id: z.string(), CreationTime: z.string(), Operation: z.string() }),
    activityDelay: z.number().nonnegative().optional(),
  }),
]);
export type Act = z.infer<typeof Act>;
