/** Who and what something is about, by ids; empty lists: anybody and anything. */
export type About = Readonly<Record<'people' | 'skus' | 'groups', readonly string[]>>;
