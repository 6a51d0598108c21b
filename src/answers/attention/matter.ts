/** A line of the board: what it is, since or until when (null where that says nothing), and what to do next. */
export type Matter = { what: string; when: string | null; next: string };

/** The board's order, whatever is found first. */
export const MATTER_COLUMNS = ['What', 'When', 'Next step'];

export const rowOf = ({ what, when, next }: Matter): string[] => [what, when ?? '', next];
