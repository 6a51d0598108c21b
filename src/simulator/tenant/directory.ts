import type { Account } from './account.ts';
import { GUID } from './ids.ts';
import type { Population } from './population.ts';

export type DeletedAccount = { readonly account: Account; readonly slot: number; readonly deletedAt: number };

/**
 * All users in a fixed order of slots: the scenario's people, then the generated ones, then those added
 * later. Generated people are kept only once they differ from what the population computes.
 */
export class Directory {
  readonly #population: Population;
  readonly #firstGenerated: number;
  readonly #kept = new Map<number, Account | null>();
  readonly #slotById = new Map<string, number>();
  readonly #slotByUpn = new Map<string, number>();
  readonly #deleted = new Map<string, DeletedAccount>();
  readonly #restoredAt = new Map<string, number>();
  #slots: number;

  constructor(people: readonly Account[], population: Population) {
    this.#population = population;
    this.#firstGenerated = people.length;
    this.#slots = people.length + population.size;
    for (const [slot, account] of people.entries()) this.#keep(slot, account);
  }

  /** One more than the last slot; some slots may be empty. */
  get slots(): number {
    return this.#slots;
  }

  /** The user in a slot; null where nobody is (any more). */
  at(slot: number): Account | null {
    const kept = this.#kept.get(slot);
    if (kept !== undefined) return kept;
    const index = slot - this.#firstGenerated;
    return index >= 0 && index < this.#population.size ? this.#population.account(index) : null;
  }

  /** The generated profile in a slot, without building the person; null for kept or empty slots. */
  generatedProfile(slot: number) {
    const index = slot - this.#firstGenerated;
    if (index < 0 || index >= this.#population.size || this.#kept.has(slot)) return null;
    return this.#population.profileOf(index);
  }

  /** By object id or UPN, in any letter case. */
  find(key: string): Account | null {
    const slot = this.slotOf(key);
    return slot === null ? null : this.at(slot);
  }

  slotOf(key: string): number | null {
    const name = key.toLowerCase();
    const kept = this.#slotById.get(name) ?? this.#slotByUpn.get(name);
    if (kept !== undefined) return this.#kept.get(kept) ? kept : null;
    const index = GUID.test(name) ? this.#population.indexOfId(name) : this.#population.indexOfUpn(name);
    if (index === null) return null;
    const slot = index + this.#firstGenerated;
    // A generated person who was kept under another UPN, or deleted, is no longer found by the computed one.
    return this.#kept.has(slot) ? null : slot;
  }

  /** Writes a user: over the one with the same id, or into a new slot. */
  put(account: Account): void {
    const slot = this.slotOf(account.id) ?? this.#slots;
    if (slot === this.#slots) this.#slots += 1;
    this.#keep(slot, account);
  }

  /** Moves a user to the deleted items; false when there is none with this id. */
  remove(id: string, at: number): boolean {
    const slot = this.slotOf(id);
    const account = slot === null ? null : this.at(slot);
    if (slot === null || !account) return false;
    this.#forgetNames(slot);
    this.#kept.set(slot, null);
    this.#deleted.set(account.id, { account, slot, deletedAt: at });
    return true;
  }

  deleted(id: string): DeletedAccount | null {
    return this.#deleted.get(id.toLowerCase()) ?? null;
  }

  allDeleted(): DeletedAccount[] {
    return [...this.#deleted.values()];
  }

  /** When a user was last taken out of the deleted items, ms UTC; null for one who never was. */
  restoredAt(id: string): number | null {
    return this.#restoredAt.get(id) ?? null;
  }

  /** Takes a user out of the deleted items, back into the old slot. */
  restore(account: Account, at: number): void {
    const entry = this.#deleted.get(account.id);
    if (!entry) return;
    this.#deleted.delete(account.id);
    this.#restoredAt.set(account.id, at);
    this.#keep(entry.slot, account);
  }

  /** Deletes for good. */
  purge(id: string): void {
    this.#deleted.delete(id.toLowerCase());
  }

  #keep(slot: number, account: Account): void {
    this.#forgetNames(slot);
    this.#kept.set(slot, account);
    this.#slotById.set(account.id, slot);
    this.#slotByUpn.set(account.userPrincipalName.toLowerCase(), slot);
  }

  #forgetNames(slot: number): void {
    const before = this.#kept.get(slot);
    if (!before) return;
    this.#slotById.delete(before.id);
    this.#slotByUpn.delete(before.userPrincipalName.toLowerCase());
  }
}
