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
}
