/** Where alerts go. `key` identifies it in the store. */
export type AlertTarget = { key: string; name: string };
