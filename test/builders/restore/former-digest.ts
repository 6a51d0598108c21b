import type { PlannedStep } from '../../../src/domain/restore/step.ts';

/** The digest that cards of 5f3424e carry for these steps: 64 bits of FNV-1a. */
export function formerDigest(steps: readonly PlannedStep[]): string {
  const text = JSON.stringify(steps.map(({ action }) => action));
  let hash = 0xcbf29ce484222325n;
  for (let at = 0; at < text.length; at++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(at))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
