/** What happened to one user: properties that changed, or that the account went away. */
export type UserChange = {
  readonly order: number;
  readonly userId: string;
  readonly properties: readonly string[];
  readonly removed: 'changed' | 'deleted' | null;
};

/** Properties whose changes delta does not report, although they can be selected. */
export const UNTRACKED: ReadonlySet<string> = new Set(['licenseAssignmentStates', 'signInActivity']);

/** Every change to a user in order; `users/delta` reads it from where a token points. */
export class ChangeLog {
  readonly #changes: UserChange[] = [];
  readonly #groups: { id: string; changeType: 'updated' | 'deleted' }[] = [];

  /** The order of the newest change; 0 before the first. */
  get head(): number {
    return this.#changes.length;
  }

  record(userId: string, properties: readonly string[], removed: 'changed' | 'deleted' | null = null): void {
    this.#changes.push({ order: this.#changes.length + 1, userId, properties, removed });
  }

  /** Changes after `order`, oldest first. */
  since(order: number): UserChange[] {
    return this.#changes.slice(order);
  }

  /** A group was made, changed or deleted for the time being. */
  recordGroup(id: string): void {
    this.#groups.push({ id, changeType: 'updated' });
  }

  /** How much there is to be notified of. */
  headOf(resource: 'users' | 'groups'): number {
    return resource === 'users' ? this.#changes.length : this.#groups.length;
  }

  /**
   * Whom Graph notifies of after `order`, each once. What a change of licenses sends is not documented: without
   * `licenses`, nothing.
   */
  notifiable(
    resource: 'users' | 'groups',
    order: number,
    licenses: boolean,
  ): { id: string; changeType: 'updated' | 'deleted' }[] {
    const changes =
      resource === 'groups'
        ? this.#groups.slice(order)
        : this.since(order)
            .filter(({ properties, removed }) => licenses || removed !== null || !isOfLicenses(properties))
            .map(({ userId, removed }) => ({
              id: userId,
              changeType: removed === 'deleted' ? ('deleted' as const) : ('updated' as const),
            }));
    return [...new Map(changes.map((change) => [`${change.id} ${change.changeType}`, change])).values()];
  }
}

const OF_LICENSES: ReadonlySet<string> = new Set([
  'assignedLicenses',
  'assignedPlans',
  'licenseAssignmentStates',
]);
const isOfLicenses = (properties: readonly string[]): boolean =>
  properties.every((property) => OF_LICENSES.has(property));
