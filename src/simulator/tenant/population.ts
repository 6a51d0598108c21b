import { DAY_MS } from '../durations.ts';
import type { Account, LicenseSource } from './account.ts';
import { hex8, mix } from './ids.ts';
import { FAMILY_NAMES, GIVEN_NAMES } from './names.ts';

/** A kind of generated person: how many of a hundred there are, and what they hold. */
export type Profile = {
  readonly share: number;
  readonly userType: 'Member' | 'Guest';
  readonly onPremisesSyncEnabled: boolean | null;
  readonly department: string;
  readonly sources: readonly LicenseSource[];
};

const ODD = 0x9e3779b1;
/** The inverse of ODD modulo 2^32: an id can be turned back into its number. */
const INVERSE = 0x0e8b2f51;
const LOCATIONS = ['NL', 'NL', 'NL', 'DE', 'BE', 'GB', 'US', 'PL'];

const ascii = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();

/** A name with the form it takes in a UPN, folded once for all people who bear it. */
const folded = (names: readonly string[]) => names.map((name) => ({ name, ascii: ascii(name) }));
const GIVEN = folded(GIVEN_NAMES);
const FAMILY = folded(FAMILY_NAMES);
const NOBODY = { name: 'Alex', ascii: 'alex' };

/**
 * People who exist only as their number until somebody touches them, so that a tenant of a million users
 * costs no memory. Everything about a person is computed from the number and the seed.
 */
export class Population {
  readonly size: number;
  readonly profiles: readonly Profile[];
  readonly #seed: number;
  readonly #domain: string;
  readonly #startedAt: number;
  readonly #profileByPercent: readonly Profile[];

  constructor(options: {
    size: number;
    seed: number;
    domain: string;
    startedAt: number;
    profiles: readonly Profile[];
  }) {
    this.size = options.size;
    this.profiles = options.profiles;
    this.#seed = options.seed;
    this.#domain = options.domain;
    this.#startedAt = options.startedAt;
    this.#profileByPercent = options.profiles.flatMap((profile) =>
      Array<Profile>(profile.share).fill(profile),
    );
  }

  profileOf(index: number): Profile {
    const pick = mix(index, this.#seed) % this.#profileByPercent.length;
    const profile = this.#profileByPercent[pick];
    if (!profile) throw new RangeError('A population needs profiles whose shares add up to more than none.');
    return profile;
  }

  idOf(index: number): string {
    const first = hex8((Math.imul(index, ODD) ^ this.#seed) >>> 0);
    const a = hex8(mix(index, this.#seed ^ 0x51ed270b));
    const b = hex8(mix(index, this.#seed ^ 0x2545f491));
    return `${first}-${a.slice(0, 4)}-4${a.slice(4, 7)}-9${b.slice(0, 3)}-${b.slice(3, 8)}${first.slice(1)}`;
  }

  /** The number of the person with this id; null when it is nobody's. */
  indexOfId(id: string): number | null {
    const scrambled = Number.parseInt(id.slice(0, 8), 16);
    if (Number.isNaN(scrambled)) return null;
    const index = Math.imul((scrambled ^ this.#seed) >>> 0, INVERSE) >>> 0;
    return index < this.size && this.idOf(index) === id ? index : null;
  }

  /** The number that a generated UPN ends in; null when it is nobody's. */
  indexOfUpn(upn: string): number | null {
    const digits = /(\d+)@/.exec(upn)?.[1];
    if (digits === undefined) return null;
    const index = Number(digits);
    return index < this.size && this.account(index).userPrincipalName === upn ? index : null;
  }

  /** One in twenty never signed in, and one in ten of the others not for months. */
  #lastSignInAt(pick: number): number | null {
    if ((pick >>> 12) % 20 === 0) return null;
    const months = (pick >>> 7) % 10 === 0 ? 90 : 0;
    return this.#startedAt - (months + (pick % 90)) * DAY_MS;
  }

  account(index: number): Account {
    const pick = mix(index, this.#seed ^ 0x7f4a7c15);
    const given = GIVEN[pick % GIVEN.length] ?? NOBODY;
    const family = FAMILY[(pick >>> 8) % FAMILY.length] ?? NOBODY;
    const profile = this.profileOf(index);
    const upn = `${given.ascii}.${family.ascii}${index}@${this.#domain}`;
    return {
      id: this.idOf(index),
      displayName: `${given.name} ${family.name}`,
      givenName: given.name,
      surname: family.name,
      userPrincipalName: upn,
      mail: upn,
      department: profile.department,
      jobTitle: null,
      officeLocation: null,
      preferredLanguage: null,
      usageLocation: LOCATIONS[(pick >>> 16) % LOCATIONS.length] ?? 'NL',
      accountEnabled: (pick >>> 20) % 50 !== 0,
      userType: profile.userType,
      onPremisesSyncEnabled: profile.onPremisesSyncEnabled,
      createdAt: this.#startedAt - (pick % 1500) * DAY_MS,
      lastSignInAt: this.#lastSignInAt(pick),
      sources: profile.sources,
      formerServicePlans: [],
      servicePlanStarts: [],
    };
  }
}
