/** An administrative unit: a part of the directory that an administrator can be confined to. */
export type AdministrativeUnit = {
  readonly id: string;
  readonly displayName: string;
  readonly description: string | null;
  /** Object ids of users and groups; the members of such a group are not in the unit by that. */
  readonly members: Set<string>;
};

export class UnitBook {
  readonly #units: readonly AdministrativeUnit[];

  constructor(units: readonly AdministrativeUnit[]) {
    this.#units = units;
  }

  all(): readonly AdministrativeUnit[] {
    return this.#units;
  }

  /** By object id or display name, in any letter case. */
  find(key: string): AdministrativeUnit | null {
    const name = key.toLowerCase();
    return this.#units.find((unit) => unit.id === name || unit.displayName.toLowerCase() === name) ?? null;
  }

  /** Units of which the object is a member. */
  of(id: string): AdministrativeUnit[] {
    return this.#units.filter((unit) => unit.members.has(id));
  }
}
