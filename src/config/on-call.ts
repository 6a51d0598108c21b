import { z } from 'zod';
import type { Settings } from './settings.ts';
import { Guid, Text } from './values.ts';

/** Who is called by name: a person (object id or user principal name), or everybody of a team's tag. */
export type OnCallConfig = { kind: 'user' | 'tag'; id: string; name: string };

const WHO =
  'user:<object id or user principal name> or tag:<id of a tag of the team, as Microsoft Graph gives it>';

/** Object ids and user principal names are lower case in the product; a tag's id is case-sensitive Base64. */
const Who: z.ZodType<Pick<OnCallConfig, 'kind' | 'id'>, string> = z
  .string()
  .regex(/^(user|tag):\s*\S+$/, WHO)
  .transform((text) => {
    const id = text.slice(text.indexOf(':') + 1).trim();
    return text.startsWith('tag:')
      ? { kind: 'tag' as const, id }
      : { kind: 'user' as const, id: id.toLowerCase() };
  })
  .refine(
    ({ kind, id }) => kind === 'tag' || Guid.safeParse(id).success || z.email().safeParse(id).success,
    WHO,
  );

/** Reads whom a card calls when somebody that people keep an eye on lost a license; null for nobody. */
export function readOnCall(settings: Settings): OnCallConfig | null {
  const who = settings.read<Pick<OnCallConfig, 'kind' | 'id'> | null>('ON_CALL', Who, null);
  const name = settings.read<string | null>('ON_CALL_NAME', Text, null);
  if (settings.isSet('ON_CALL') !== settings.isSet('ON_CALL_NAME')) {
    settings.problem('Set both ON_CALL and ON_CALL_NAME, or neither: a card needs a name to call by.');
  }
  return who !== null && name !== null ? { ...who, name } : null;
}
