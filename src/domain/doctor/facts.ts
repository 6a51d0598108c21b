import type { EntraRefusal } from './entra-errors.ts';

/** What came of asking for a token. Times are ms UTC. */
export type TokenFact =
  | {
      kind: 'given';
      /** Application permissions in it; null where it has no such claim, or cannot be read. */
      roles: readonly string[] | null;
      issuedAt: number | null;
      /** Object id of the app's service principal. */
      principalId: string | null;
    }
  /** Entra said no. */
  | { kind: 'refused'; refusal: EntraRefusal }
  /** Nobody answered, or not in time. */
  | { kind: 'unreachable'; why: string }
  /** The credential cannot be used on this machine: a file, a key, no managed identity. */
  | { kind: 'unusable'; why: string }
  /** The settings say too little to try. `wrong`: they are wrong, and not merely left out. */
  | { kind: 'unset'; why: string; wrong: boolean };

/** What came of a call to a service. */
export type CallFact =
  | { kind: 'works' }
  /** The app may not do this. */
  | { kind: 'forbidden'; says: string }
  /** The tenant has no license for it (Entra ID P1). */
  | { kind: 'no-premium' }
  /** The service does not take the token. */
  | { kind: 'not-accepted'; says: string }
  /** Nothing that this call could tell. */
  | { kind: 'unknown'; why: string };

/** A role group, or the holders of directory roles that stand for a role. */
export type RoleSource =
  | { kind: 'group'; id: string; state: 'members' | 'empty' | 'missing' }
  | { kind: 'directory-roles'; state: 'members' | 'empty' }
  | { kind: 'unknown'; id: string | null; why: string };

export type FeedFact = { contentType: string; state: 'started' | 'closed'; optional: boolean };
