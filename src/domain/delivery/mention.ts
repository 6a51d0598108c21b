/**
 * Who a post calls by name: a person (object id or user principal name), or everybody of a team's tag (the id
 * that Graph gives it). `name` is the text that stands in the card.
 */
export type Mention = { kind: 'user' | 'tag'; id: string; name: string };
