import type { z } from 'zod';
import { StorageError } from './storage-error.ts';

/**
 * What a stored JSON text says, checked: another version of the program may have written it.
 * @param where names the row for whoever must repair it, as in `incident 42`
 * Throws StorageError `corrupt-row`.
 */
export function readStored<T>(schema: z.ZodType<T>, text: string, where: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StorageError('corrupt-row', `The database holds no JSON for ${where}.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new StorageError('corrupt-row', `The database holds something unexpected for ${where}.`, {
    cause: parsed.error,
  });
}
