import type { AuditingAsked } from '../query.ts';

const ABOUT = /\baudit(?:ing|ed)?\b|\b(?:audit|unified)[ -]?logs?\b|\blogging\b/i;
const HOW =
  /\b(?:how|where|need|have|steps?|can you|can i|should)\b.*\b(?:turn|switch|enable|activate|start)/i;
const STATE = /\b(?:on|off|enabled|disabled|active|running|switched|turned)\b/i;
const COMPLETE = /\b(?:complete|until|up to|how far|missing)\b/i;

/** What a sentence asks about auditing; null when it asks nothing about it. */
export function auditingAsked(text: string): AuditingAsked | null {
  if (!ABOUT.test(text) || COMPLETE.test(text)) return null;
  if (HOW.test(text)) return 'how-to';
  return STATE.test(text) ? 'state' : null;
}
