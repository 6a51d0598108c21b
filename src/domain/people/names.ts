/**
 * Under what one person is found in stored texts. All but `written` are in lower case; the pseudonym's forms of each
 * are in `pseudonymOf`.
 */
export type PersonNames = {
  /** Object id; null where only an address is known. */
  id: string | null;
  /** User principal name, mail, and former ones. */
  addresses: string[];
  /** Display names, as they are written, that only this person has. They find stored texts, but no audit records. */
  written: string[];
  /** The person's chat with the bot, and their id in Teams. */
  chats: string[];
};

/** What stands in place of a person's names after an erasure. */
export type Pseudonym = { id: string; address: string; written: string; chat: string };

/**
 * The pseudonym of an erasure. Its id begins with `e7a5ed00` and has the form of an object id, so that whatever reads ids goes on reading it.
 * @param random hexadecimal digits, at least 12, that come of nothing about the person
 */
export function pseudonymOf(random: string): Pseudonym {
  const digits = random.toLowerCase().slice(0, 12);
  return {
    id: `e7a5ed00-0000-4000-8000-${digits}`,
    address: `erased-${digits}@erased.invalid`,
    written: `Erased person ${digits.slice(0, 6)}`,
    chat: `erased-chat-${digits}`,
  };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** The names of somebody known by this alone: an object id or an address; null for anything else. */
export function namesOfText(text: string): PersonNames | null {
  const name = text.trim().toLowerCase();
  if (UUID.test(name)) return { id: name, addresses: [], written: [], chats: [] };
  if (!/^[^\s@]+@[^\s@]+$/.test(name)) return null;
  return { id: null, addresses: [name], written: [], chats: [] };
}

/** What stands for a person where one key is needed: the object id, or an address. */
export const keyOf = ({ id, addresses }: PersonNames): string => id ?? addresses[0] ?? '';

/** Every name in lower case that a legal hold looks for. */
export const heldNames = ({ id, addresses }: PersonNames): string[] => [
  ...new Set([...(id === null ? [] : [id]), ...addresses]),
];
