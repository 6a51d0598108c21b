import { directoryRoleId } from '../config/directory-roles.ts';
import type { Person } from '../domain/access/person.ts';
import type { AccessReader } from '../domain/ports.ts';
import type { JobLog } from '../jobs/context.ts';
import type { Founder } from '../teams/services.ts';

/** Whose role allows to consent to what License Watch may read: so much power is taken from nobody else. */
const ADMINISTRATORS: ReadonlySet<string> = new Set(
  ['Global Administrator', 'Privileged Role Administrator'].flatMap((name) => directoryRoleId(name) ?? []),
);

/** Microsoft is asked each time; Teams waits fifteen seconds, ms. */
const WITHIN_MS = 8_000;

const refused = (sentence: string): Founder => ({ kind: 'refused', sentence });

const NOT_YOU =
  'No owner is set yet. Only somebody who is a Global Administrator or Privileged Role Administrator now can choose the channel and who may decide. If you are merely eligible for the role, activate it first. Nothing was changed.';

/**
 * Whether somebody may take the first settings: a member of the tenant, no guest, to whom Microsoft says that one of
 * these roles is active for the whole tenant. Asked without memory; what cannot be read is a no.
 * @param directory null where no directory is asked
 */
export async function founderOf(
  { aadObjectId, tenantId }: Person,
  watched: string,
  directory: Pick<AccessReader, 'kindOf' | 'rolesOf'> | null,
  log: JobLog,
): Promise<Founder> {
  if (directory === null || tenantId !== watched) return refused(NOT_YOU);
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    const [kind, held] = await Promise.all([
      directory.kindOf(aadObjectId, signal),
      directory.rolesOf(aadObjectId, signal),
    ]);
    if (kind === 'guest') {
      return refused('Guests cannot take the first settings, whatever their role. Nothing was changed.');
    }
    const isAdministrator = held.some(
      ({ roleTemplateId, unitId }) => unitId === null && ADMINISTRATORS.has(roleTemplateId),
    );
    return kind === 'member' && isAdministrator ? { kind: 'administrator' } : refused(NOT_YOU);
  } catch (err) {
    log.warn({ err, by: aadObjectId }, 'whether somebody is an administrator could not be read');
    return refused(
      'No owner is set yet, and I cannot read from Microsoft whether you are an administrator: that takes the permission RoleManagement.Read.Directory. Grant it, or set OWNER_GROUP_ID on the server. Nothing was changed.',
    );
  }
}
