import type { PersonHit } from '../names/find-person.ts';
import type { TimeMeaning } from '../time/time-phrases.ts';

/** A run of words with one meaning. `from` and `to` are word positions, half open. */
export type Span = { from: number; to: number; weight: number; meaning: Meaning };
export type Meaning =
  | { kind: 'person'; ids: string[]; fit: PersonHit['fit'] }
  | { kind: 'sku'; skuIds: string[] }
  | { kind: 'group'; groupIds: string[] }
  | { kind: 'time'; meaning: TimeMeaning };
