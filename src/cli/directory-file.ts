import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Directory } from '../language/query.ts';

const DirectoryFile = z.object({
  now: z.iso.datetime({ offset: true }).optional(),
  timeZone: z.string().default('UTC'),
  users: z.array(
    z.object({
      id: z.string().toLowerCase(),
      displayName: z.string(),
      givenName: z.string().nullish().default(null),
      surname: z.string().nullish().default(null),
      userPrincipalName: z.string(),
      mail: z.string().nullish().default(null),
      formerNames: z.array(z.string()).default([]),
      department: z.string().nullish().default(null),
    }),
  ),
  skus: z
    .array(z.object({ skuId: z.string().toLowerCase(), skuPartNumber: z.string(), displayName: z.string() }))
    .default([]),
  groups: z.array(z.object({ id: z.string().toLowerCase(), displayName: z.string() })).default([]),
});

/** A directory from a file, with the clock and the time zone that go with it; `now` is ms UTC or null. */
export type FileDirectory = { directory: Directory; now: number | null; timeZone: string };

/** Reads a directory file (users, SKUs and groups as Graph names them). Throws when it is missing or malformed. */
export async function readDirectoryFile(path: string): Promise<FileDirectory> {
  const { users, skus, groups, now, timeZone } = DirectoryFile.parse(
    JSON.parse(await readFile(path, 'utf8')),
  );
  return {
    directory: {
      people: users.map(({ department: _, ...person }) => person),
      departments: [...new Set(users.flatMap(({ department }) => department || []))],
      skus: skus.map(({ skuId, skuPartNumber, displayName }) => ({
        skuId,
        partNumber: skuPartNumber,
        displayName,
      })),
      groups,
    },
    now: now === undefined ? null : Date.parse(now),
    timeZone,
  };
}
