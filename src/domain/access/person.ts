/** Who pressed, as the verified activity names them: object id and tenant, lower case. */

/** What somebody can be told to be quiet about, or to watch closely. Ids are lower case. */
export type Subject = { kind: 'user' | 'sku' | 'group'; id: string };

export type Person = { aadObjectId: string; tenantId: string | null; name: string };
