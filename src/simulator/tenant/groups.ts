import type { HeldLicense } from './account.ts';
import type { Directory } from './directory.ts';

export type ProcessingState = 'QueuedForProcessing' | 'ProcessingInProgress' | 'ProcessingComplete';

export type Group = {
  readonly id: string;
  displayName: string;
  description: string | null;
  readonly createdAt: number;
  securityEnabled: boolean;
  mailEnabled: boolean;
  groupTypes: readonly string[];
  membershipRule: string | null;
  onPremisesSyncEnabled: boolean | null;
  isAssignableToRole: boolean | null;
  licenses: readonly HeldLicense[];
  processing: ProcessingState;
  /** Object ids of members that were added one by one: users, or groups. */
  readonly members: Set<string>;
  /** Object ids of those who own it. */
  readonly owners: Set<string>;
};

/** Pages through a group's members; a cursor is opaque and says where to go on. */
export type MemberPage = { ids: string[]; next: number | null };

export class GroupRepository {
  readonly #groups: Map<string, Group>;
  /** Groups that generated people are members of, who are counted nowhere one by one. */
  readonly #withGenerated: ReadonlySet<string>;
  readonly #directory: Directory;

  constructor(groups: readonly Group[], directory: Directory, withGenerated: ReadonlySet<string>) {
    this.#groups = new Map(groups.map((group) => [group.id, group]));
    this.#directory = directory;
    this.#withGenerated = withGenerated;
  }

  all(): Group[] {
    return [...this.#groups.values()];
  }

  /** By object id or display name, in any letter case. */
  find(key: string): Group | null {
    const name = key.toLowerCase();
    return (
      this.#groups.get(name) ?? this.all().find((group) => group.displayName.toLowerCase() === name) ?? null
    );
  }

  /** A direct member, generated or not. */
  has(group: Group, id: string): boolean {
    if (group.members.has(id)) return true;
    if (!this.#withGenerated.has(group.id)) return false;
    const slot = this.#directory.slotOf(id);
    return slot !== null && this.#isGeneratedMember(group, slot);
  }

  /** Direct members from a cursor on: first those added one by one, then generated people. */
  members(group: Group, cursor: number, limit: number): MemberPage {
    const explicit = [...group.members];
    const ids = explicit.slice(cursor, cursor + limit);
    let at = cursor + ids.length;
    if (this.#withGenerated.has(group.id)) {
      const slots = this.#directory.slots;
      for (; at >= explicit.length && ids.length < limit && at - explicit.length < slots; at += 1) {
        const slot = at - explicit.length;
        if (!this.#isGeneratedMember(group, slot)) continue;
        const account = this.#directory.at(slot);
        if (account) ids.push(account.id);
      }
      return { ids, next: at - explicit.length < slots ? at : null };
    }
    return { ids, next: at < explicit.length ? at : null };
  }

  /** Direct and nested members, groups included, each once; groups may contain each other. */
  transitive(group: Group): string[] {
    const seen = new Set<string>([group.id]);
    const found: string[] = [];
    const waiting = [group];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      for (const id of this.members(next, 0, Number.POSITIVE_INFINITY).ids) {
        if (seen.has(id)) continue;
        seen.add(id);
        found.push(id);
        const nested = this.#groups.get(id);
        if (nested) waiting.push(nested);
      }
    }
    return found;
  }

  /** Ids of the groups a user is a direct member of. */
  of(userId: string): string[] {
    return this.all()
      .filter((group) => this.has(group, userId))
      .map((group) => group.id);
  }

  /** Ids of the groups a user is a member of, directly or through other groups, each once. */
  above(userId: string): string[] {
    const found = new Set<string>(this.of(userId));
    for (const id of found) for (const parent of this.of(id)) found.add(parent);
    return [...found];
  }

  delete(id: string): void {
    this.#groups.delete(id);
  }

  #isGeneratedMember(group: Group, slot: number): boolean {
    const profile = this.#directory.generatedProfile(slot);
    return profile?.sources.some((source) => source.groupId === group.id) ?? false;
  }
}
