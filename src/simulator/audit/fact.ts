/** Who did something, as the logs distinguish them. */
export type Actor =
  | { readonly kind: 'user'; readonly id: string; readonly userPrincipalName: string }
  | {
      readonly kind: 'app';
      readonly name: string;
      readonly servicePrincipalId: string;
      readonly appId: string;
    }
  /** The account that gives and takes group licenses. Its name has several spellings, or is missing. */
  | { readonly kind: 'group-licensing' }
  /** `CloudLicensingSystem`, which writes license records since August 2026 (reference §16). */
  | { readonly kind: 'licensing-service' };

/** A logged value before it is written in a source's own notation. */
export type LoggedValue = string | readonly (string | object)[] | null;

export type Modified = { readonly name: string; readonly before: LoggedValue; readonly after: LoggedValue };

export type FactTarget = {
  readonly kind: 'User' | 'Group';
  readonly id: string;
  readonly userPrincipalName: string | null;
  readonly modified: readonly Modified[];
};

/** One thing that happened, before it becomes a record of either log. */
export type AuditFact = {
  readonly at: number;
  /** Without the final dot, which only the unified audit log writes. */
  readonly operation: string;
  readonly category: 'UserManagement' | 'GroupManagement' | 'DirectoryManagement';
  readonly operationType: 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign';
  readonly failure: string | null;
  readonly actor: Actor;
  readonly correlationId: string;
  /** The second id of a record; twins share it. */
  readonly intraSystemId: string;
  readonly targets: readonly FactTarget[];
  readonly details: Readonly<Record<string, string>>;
};

/**
 * How the logs tell a license change (reference §5): one full record; an empty record with an `Update user`
 * twin; in numbered fragments; not at all; or the same record twice.
 */
export const AUDIT_VARIANTS = ['full', 'empty-with-twin', 'sequenced', 'missing', 'duplicate'] as const;
export type AuditVariant = (typeof AUDIT_VARIANTS)[number];

export type AuditSource = 'directoryAudits' | 'activity';

/** How one act is logged; delays are ms before speed, and fall back to the tenant's behaviour. */
export type Logging = {
  readonly variant: AuditVariant;
  readonly directoryAuditDelayMs?: number | undefined;
  readonly activityDelayMs?: number | undefined;
};

export const FULL_LOGGING: Logging = { variant: 'full' };
