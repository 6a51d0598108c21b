import type { StepAction } from '../../domain/restore/step.ts';
import type { InnerWrite } from '../graph/write-batch.ts';

/**
 * The call to Graph that carries out an action, as it stands in a batch. `origin` is the cloud's own: a
 * reference to a user names it.
 */
export function writeCall(action: StepAction, origin: string): InnerWrite {
  switch (action.kind) {
    case 'restore-account':
      return { method: 'POST', url: `/directory/deletedItems/${segment(action.userId)}/restore` };
    case 'assign':
      return licenses(`/users/${segment(action.userId)}`, action.licenses, []);
    case 'unassign':
      return licenses(`/users/${segment(action.userId)}`, [], action.skuIds);
    case 'swap':
      return licenses(`/users/${segment(action.userId)}`, action.licenses, action.skuIds);
    case 'add-to-group':
      return {
        method: 'POST',
        url: `/groups/${segment(action.groupId)}/members/$ref`,
        body: { '@odata.id': `${origin}/v1.0/directoryObjects/${segment(action.userId)}` },
      };
    case 'remove-from-group':
      // Without `/$ref` this would be the address of the user, and would delete the account.
      return {
        method: 'DELETE',
        url: `/groups/${segment(action.groupId)}/members/${segment(action.userId)}/$ref`,
      };
    case 'reprocess':
      return { method: 'POST', url: `/users/${segment(action.userId)}/reprocessLicenseAssignment` };
    case 'license-group':
      return licenses(`/groups/${segment(action.groupId)}`, action.licenses, []);
    case 'unlicense-group':
      return licenses(`/groups/${segment(action.groupId)}`, [], action.skuIds);
  }
}

/** Both lists are mandatory, either may be empty. A license that is there already only gets its plans set. */
const licenses = (
  path: string,
  addLicenses: Extract<StepAction, { kind: 'assign' }>['licenses'],
  removeLicenses: readonly string[],
): InnerWrite => ({
  method: 'POST',
  url: `${path}/assignLicense`,
  body: {
    addLicenses: addLicenses.map(({ skuId, disabledPlans }) => ({ skuId, disabledPlans })),
    removeLicenses,
  },
});

/** An id as one segment of a path. Throws for an empty one, which would address the whole collection. */
function segment(id: string): string {
  if (id === '') throw new RangeError('A write needs the id of what it changes.');
  return encodeURIComponent(id);
}
