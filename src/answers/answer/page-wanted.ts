/** Which page of a long list is wanted, from 1, and how long a page is. */
export type PageWanted = { number: number; size: number };
