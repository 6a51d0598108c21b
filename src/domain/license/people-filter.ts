/**
 * Whom something is about, of everybody who was ever there; all of it must hold. Departments are as the directory
 * writes them, countries ISO 3166-1 codes in capitals; a member of a group has an assignment by it, in whatever state;
 * of `together` somebody holds one product of each list.
 */
export type PeopleFilter = {
  ids?: readonly string[];
  departments?: readonly string[];
  countries?: readonly string[];
  groupIds?: readonly string[];
  together?: readonly (readonly string[])[];
  /** Who is left out: anybody who fits one of these. */
  except?: Readonly<Record<'ids' | 'departments' | 'countries' | 'groupIds' | 'skuIds', readonly string[]>>;
};
