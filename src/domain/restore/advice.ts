import type { RestoreFacts } from './plan.ts';

/**
 * What users may have to do after their licenses came back, a sentence each.
 * @param restored the users who have everything back
 */
export function adviceOf(_facts: RestoreFacts, _restored: ReadonlySet<string>): string[] {
  return [];
}
