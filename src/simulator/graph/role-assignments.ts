import type { ApiReply } from '../http/message.ts';
import { passes, readerOf } from '../odata/evaluate.ts';
import { parseFilter } from '../odata/filter.ts';
import { refuseOptions } from '../odata/options.ts';
import { collection, type GraphCall } from './call.ts';

/** Active assignments. `/v1.0` has no list that follows groups: whoever asks for a person gets the person's own. */
export function listRoleAssignments(call: GraphCall): ApiReply {
  refuseOptions(call.options, ['top', 'orderby', 'search', 'count']);
  const text = call.options.get('filter');
  const filter = text === undefined ? null : parseFilter(text);
  const assignments = call.tenant.roles
    .all()
    .filter((assignment) => filter === null || passes(filter, readerOf(assignment)))
    .map((assignment) => JSON.stringify(assignment));
  return collection(call, 'roleManagement/directory/roleAssignments', assignments);
}
