import { expect, it } from 'vitest';
import granted from '../../../../scripts/permissions.json' with { type: 'json' };
import { USED_PERMISSIONS } from '../../../../src/domain/doctor/permissions.ts';
import { OPERATIONS } from '../../../../src/microsoft365/operations.ts';

/** By a team’s owner, and for one command only: no application permission of the bot. */
const OF_OTHERS = new Set(['ChannelMessage.Read.Group', 'AuditLogsQuery-Entra.Read.All']);

it('the doctor knows each permission that a call needs, and each that the script grants', () => {
  const known = new Set(USED_PERMISSIONS.map(({ name }) => name));
  const needed: string[] = Object.values(OPERATIONS).map(({ permission }) => permission);
  const wanted = [...needed, ...granted.flatMap(({ permissions }) => permissions)];
  expect(wanted.filter((name) => !known.has(name) && !OF_OTHERS.has(name))).toEqual([]);
});
