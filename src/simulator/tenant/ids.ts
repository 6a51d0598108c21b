import { createHash } from 'node:crypto';

/** A bijective-looking 32-bit mix (murmur3's finaliser): the same numbers give the same result everywhere. */
export const mix = (value: number, seed: number): number => {
  let hash = (value ^ seed) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

export const hex8 = (value: number): string => value.toString(16).padStart(8, '0');

/** Shapes 32 hex digits as a version 4 GUID. */
const asGuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;

/** The same GUID for the same name, always. */
export const idOf = (kind: string, name: string): string =>
  asGuid(createHash('sha1').update(`${kind}:${name.toLowerCase()}`).digest('hex'));

/** New GUIDs, the same sequence for the same seed. */
export class IdSource {
  #count = 0;
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  next(): string {
    this.#count += 1;
    const words = [1, 2, 3, 4].map((word) => hex8(mix(this.#count * 4 + word, this.#seed ^ 0x5bd1e995)));
    return asGuid(words.join(''));
  }
}

export const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
