import type { Intent } from './intent/facts.ts';

export type { Intent } from './intent/facts.ts';

/** Half open, ms UTC. */
export type TimeRange = { from: number; to: number };

/** What a sentence asks for. Ids are lower case; `unresolved` holds the words that fit nobody, or several equally well. */
export type Query = {
  intent: Intent;
  people: string[];
  skus: string[];
  groups: string[];
  range: TimeRange | null;
  /** A length without a position: "in the next 30 days". */
  days: number | null;
  unresolved: string[];
};

export type DirectoryPerson = {
  id: string;
  displayName: string;
  givenName: string | null;
  surname: string | null;
  userPrincipalName: string;
  mail: string | null;
  formerNames: string[];
};
export type DirectorySku = { skuId: string; partNumber: string; displayName: string };
export type DirectoryGroup = { id: string; displayName: string };

/** The names a sentence may use. */
export type Directory = { people: DirectoryPerson[]; skus: DirectorySku[]; groups: DirectoryGroup[] };

export type UnderstandContext = {
  directory: Directory;
  /** ms UTC. */
  now: number;
  /** IANA name; days and weeks begin in it. */
  timeZone: string;
  /** The asker's own user id, for "me" and "my". */
  asker: string | null;
  /** The query before this one in the same conversation, which a follow-up such as "and last week?" goes on from. */
  previous?: Query | null;
};
