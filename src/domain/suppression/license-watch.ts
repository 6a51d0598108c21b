import type { Person } from '../access/person.ts';

/** Who stands in the decision log where a rule or the clock decided: License Watch itself. */
export const LICENSE_WATCH: Person = { aadObjectId: '', tenantId: null, name: 'License Watch' };
