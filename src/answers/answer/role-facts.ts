import type { Access, Role } from '../../domain/access/access.ts';

/** Who has something, by object id (lower case). `more`: there are others, which nobody counted. */
export type Holders = { ids: readonly string[]; more: boolean };

/** A setting that gives a role, and who has it. */
export type RoleSource = {
  role: Exclude<Role, 'none'>;
  /** "the group LIC-Operators", "the directory role License Administrator". */
  by: string;
  /** The administrative unit that it is limited to, in words; null: everybody. */
  over: string | null;
  setting: string;
  /** Null where Microsoft cannot say now. */
  holders: Holders | null;
};

/** What answers can know of roles; the terminal, which asks no directory, has none of it. */
export type RoleFacts = {
  /** Whether no setting of roles is there: then everybody may ask, and nobody decides. */
  unrestricted: boolean;
  /** The highest role first. */
  sources(): Promise<RoleSource[]>;
  /** Who holds a directory role of Microsoft's for the whole tenant now; null where that cannot be read. */
  holdersOf(directoryRole: string): Promise<Holders | null>;
  /** What somebody of the tenant may do. */
  accessOf(userId: string): Promise<Access>;
};
