import type { Mention } from '../../domain/ports.ts';
import { markdownText } from './escape-text.ts';

/** The line that calls somebody, and what tells Teams whom; an empty line calls nobody. */
export type MentionParts = { line: string; entities: object[] };

/** Marks that would be escaped: what stands in the text and in the entity must be the same letters. */
const MARKS = /[\\`*_[\]<>~|&]/g;

/**
 * A mention in a card is text between `<at>` marks, and an entity of the card with exactly that text. People are
 * named by object id or UPN, tags by Graph's id and their type, as in "Format cards in Teams".
 */
export function mentionParts(mention: Mention | null, why: string): MentionParts {
  if (mention === null) return { line: '', entities: [] };
  const name = markdownText(mention.name.replace(MARKS, ' '), 80);
  const text = `<at>${name}</at>`;
  const mentioned = { id: mention.id, name, ...(mention.kind === 'tag' ? { type: 'tag' } : {}) };
  return { line: `${text}, ${why}`, entities: [{ type: 'mention', text, mentioned }] };
}
