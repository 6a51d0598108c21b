/** An administrative unit, by its object id. */
export type UnitNamed = { id: string; name: string };

/** What answers can learn of administrative units. No method throws: what cannot be read is not there. */
export type UnitFacts = {
  /** The unit of that name, whatever its capitals. */
  named(name: string): Promise<UnitNamed | null>;
  /** Object ids of the users in it. */
  members(unitId: string): Promise<ReadonlySet<string>>;
};
