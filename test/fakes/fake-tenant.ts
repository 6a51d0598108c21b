import type { ServiceIssue } from '../../src/domain/audit/event.ts';
import type { GroupNow } from '../../src/domain/license/group-now.ts';
import type { LeftOutRow, LicensedGroup, TenantRead, TenantState } from '../../src/domain/license/sku.ts';
import type { UserState } from '../../src/domain/license/user-state.ts';
import {
  type DatesPageRead,
  type DatesRead,
  type DeltaResult,
  type MailboxPurpose,
  type ServiceIssueRead,
  TenantReadError,
  type TenantReader,
  type UsagePage,
  type UserPage,
} from '../../src/domain/ports.ts';
import type { SignIn } from '../../src/domain/spend/sign-in.ts';
import type { ReportName } from '../../src/domain/usage/report.ts';
import { FakeWrites } from './fake-writes.ts';

/** A tenant in memory, behind the same ports as the real one. */
export class FakeTenant extends FakeWrites implements TenantReader {
  readonly people = new Map<string, UserState>();
  /** Users that the listing leaves out although they exist. */
  readonly unlisted = new Set<string>();
  state: TenantState = { skus: [], subscriptions: [], groups: [] };
  /** Subscriptions that come in a form that nobody can read. */
  leftOut: LeftOutRow[] = [];
  issues: ServiceIssue[] = [];
  /** When people last signed in, on pages of `pageSize`. */
  activity: SignIn[] = [];
  /** Microsoft's dates of people's licenses, on pages of `pageSize`. */
  dates: DatesRead[] = [];
  /** Set to make the next reads fail, after the first page. */
  failure: Error | null = null;
  deltaExpired = false;
  #changed = new Set<string>();
  pageSize = 2;
  /** How many groups are in a group. */
  readonly nested = new Map<string, number>();
  /** How many own a group; of one that is not here, there is no such group. */
  readonly owners = new Map<string, number>();

  put(...users: UserState[]): void {
    for (const user of users) {
      this.people.set(user.id, user);
      this.#changed.add(user.id);
    }
  }

  remove(userId: string): void {
    this.people.delete(userId);
    this.#changed.add(userId);
  }

  /** Takes all licenses from these users. */
  strip(...userIds: string[]): void {
    for (const id of userIds) {
      const user = this.people.get(id);
      if (user) this.put({ ...user, assignments: [] });
    }
  }

  async *users(): AsyncIterable<UserPage> {
    const listed = [...this.people.values()].filter((user) => !this.unlisted.has(user.id));
    for (let start = 0; start < listed.length; start += this.pageSize) {
      const users = listed.slice(start, start + this.pageSize);
      yield { digest: JSON.stringify(users), users: () => users };
      if (this.failure) throw this.failure;
    }
  }
  /** Changes assignments without a hint in delta: Graph does not follow `licenseAssignmentStates`. */
  assignQuietly(user: UserState): void {
    this.people.set(user.id, user);
  }

  async deltaLinkFromNow(): Promise<string> {
    this.#changed = new Set();
    return 'link';
  }
  async changedSince(): Promise<DeltaResult> {
    if (this.failure) throw this.failure;
    if (this.deltaExpired) return { kind: 'resync', reason: 'the token is too old' };
    const changedIds = [...this.#changed];
    this.#changed = new Set();
    return { kind: 'changes', changedIds, link: 'link' };
  }
  async usersById(ids: readonly string[]): Promise<{ found: UserState[]; missing: string[] }> {
    const found = ids.flatMap((id) => this.people.get(id) ?? []);
    return { found, missing: ids.filter((id) => !this.people.has(id)) };
  }
  async deletedAmong(ids: readonly string[]): Promise<string[]> {
    return ids.filter((id) => this.deleted.has(id));
  }
  async tenantState(): Promise<TenantRead> {
    // As Microsoft does: a group that gives nothing is not among the licensed ones.
    const groups = this.state.groups.filter(({ assignedLicenses }) => assignedLicenses.length > 0);
    return structuredClone({ ...this.state, groups, leftOut: this.leftOut });
  }
  async groupsById(ids: readonly string[]): Promise<LicensedGroup[]> {
    return structuredClone(this.state.groups.filter(({ id }) => ids.includes(id)));
  }
  async serviceIssues(): Promise<ServiceIssueRead> {
    return { issues: this.issues, leftOut: [] };
  }
  async *signIns(): AsyncIterable<SignIn[]> {
    for (let start = 0; start < this.activity.length; start += this.pageSize) {
      yield this.activity.slice(start, start + this.pageSize);
      if (this.failure) throw this.failure;
    }
    if (this.failure) throw this.failure;
  }
  async licenseDatesPage(link: string | null): Promise<DatesPageRead> {
    if (this.failure) throw this.failure;
    const start = link === null ? 0 : Number(link);
    const end = start + this.pageSize;
    return {
      dates: this.dates.slice(start, end),
      leftOut: 0,
      next: end < this.dates.length ? String(end) : null,
    };
  }
  async licenseDatesOf(ids: readonly string[]): Promise<DatesRead[]> {
    if (this.failure) throw this.failure;
    return this.dates.filter(({ userId }) => ids.includes(userId));
  }
  /** The usage reports, page by page; one that is not here fails. */
  readonly reports = new Map<ReportName, UsagePage[] | Error>();
  concealed: boolean | Error = false;
  purposes: MailboxPurpose[] | Error = [];
  async *usageReport(report: ReportName): AsyncIterable<UsagePage> {
    const pages = this.reports.get(report) ?? new TenantReadError('server-error', `No ${report} today.`);
    if (pages instanceof Error) throw pages;
    yield* pages;
  }
  async concealsNames(): Promise<boolean> {
    if (this.concealed instanceof Error) throw this.concealed;
    return this.concealed;
  }
  async mailboxPurposes(ids: readonly string[]): Promise<MailboxPurpose[]> {
    if (this.purposes instanceof Error) throw this.purposes;
    return this.purposes.filter(({ userId }) => ids.includes(userId));
  }
  async groupNow(groupId: string): Promise<GroupNow | null> {
    if (this.failure) throw this.failure;
    const [group] = await this.groupsById([groupId]);
    if (!group) return null;
    const userIds = [...(this.members.get(groupId) ?? [])];
    return { group, userIds, nested: this.nested.get(groupId) ?? 0 };
  }
  async groupsNamed(names: readonly string[]): Promise<LicensedGroup[]> {
    if (this.failure) throw this.failure;
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    return structuredClone(
      this.state.groups.filter(({ displayName }) => wanted.has(displayName.toLowerCase())),
    );
  }
  async hasOwner(groupId: string): Promise<boolean | null> {
    if (this.failure) throw this.failure;
    return this.owners.has(groupId) ? (this.owners.get(groupId) ?? 0) > 0 : null;
  }
  async groupMembers(groupId: string): Promise<Set<string>> {
    return new Set(this.members.get(groupId));
  }
}
