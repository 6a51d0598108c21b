import type { LicenseSeed, PersonSeed } from './scenario.ts';
import {
  ADMIN_UPN,
  OPERATOR_UPN,
  OPERATORS_GROUP,
  SECOND_OPERATOR_UPN,
  UNIT_OPERATOR_UPN,
  UNIT_OPERATORS_GROUP,
} from './well-known.ts';

const STANDARD = 'O365_BUSINESS_PREMIUM';
const at = (name: string) => `${name}@contoso.com`;

/** A cloud-only person with Business Standard, unless `more` says otherwise. */
const person = (
  upn: string,
  name: string,
  department: string,
  title: string,
  more: Partial<PersonSeed> = {},
): PersonSeed => ({ upn, name, department, title, licenses: [STANDARD], ...more });

const e3 = (more: readonly LicenseSeed[] = [], groups: readonly string[] = []): Partial<PersonSeed> => ({
  licenses: more,
  groups: ['LIC-E3', ...groups],
});

const TRIMMED: LicenseSeed = { sku: STANDARD, off: ['SWAY', 'KAIZALA_O365_P2'] };

/** About forty people as a company has them: long and short names, rooms, guests, a synced department. */
export const COMPANY_PEOPLE: readonly PersonSeed[] = [
  person(ADMIN_UPN, 'Anna Kowalska', 'IT', 'License Administrator', e3([], ['License Admins (role)'])),
  person(OPERATOR_UPN, 'Megan Bowen', 'IT', 'Service Desk Manager', e3([], [OPERATORS_GROUP])),
  person(at('rick'), 'Rick van Oosterhout', 'Operations', 'Planner', {
    given: 'Rick',
    family: 'van Oosterhout',
    licenses: [TRIMMED, 'FLOW_FREE'],
  }),
  person(at('jose.alvarez'), 'José Álvarez', 'Finance', 'Controller', {
    groups: ['LIC-PowerBI Finance'],
    location: 'ES',
  }),
  person(at('zoe.mueller'), 'Zoë Müller', 'Design', 'Art Director', { location: 'DE' }),
  person(at('wei.zhang'), 'Wei Zhang', 'Engineering', 'Test Engineer'),
  person(
    at('anna-sophia.konstantinopoulou'),
    'Anna-Sophia Konstantinopoulou-van der Westhuizen',
    'Customer Success',
    'Senior Customer Success Manager Benelux and Southern Europe',
    { given: 'Anna-Sophia', family: 'Konstantinopoulou-van der Westhuizen' },
  ),
  person(at('patrick.moran'), 'Patrick Moran', 'Sales', 'Account Manager', { groups: ['Sales Benelux'] }),
  person(at('ricardo.gomes'), 'Ricardo Gomes', 'Sales', 'Account Manager', { location: 'PT' }),
  person(at('adelev'), 'Adele Vance', 'Retail', 'Shop Manager', {
    licenses: [],
    groups: ['LIC-F3 Retail (dynamic)'],
  }),
  person(at('lynner'), 'Lynne Robbins', 'Retail', 'Shop Assistant', {
    licenses: [],
    groups: ['LIC-F3 Retail (dynamic)'],
  }),
  person(at('alexw'), 'Alex Wilber', 'Marketing', 'Marketing Assistant'),
  person(at('miriamg'), 'Miriam Graham', 'Marketing', 'Marketing Director', e3(['Microsoft_365_Copilot'])),
  person(at('diegos'), 'Diego Siciliani', 'HR', 'HR Advisor', { location: 'IT' }),
  person(at('may.summers'), 'May Summers', 'HR', 'Recruiter', { location: 'GB' }),
  person(at('siobhan.obrien'), "Siobhán O'Brien", 'HR', 'HR Manager', { location: 'IE' }),
  person(at('gradya'), 'Grady Archie', 'R&D', 'Designer', {
    ...e3(['VISIOCLIENT']),
    synced: true,
    signedInDaysAgo: 140,
  }),
  person(at('henriettam'), 'Henrietta Mueller', 'R&D', 'Developer', {
    ...e3(),
    synced: true,
    location: 'DE',
  }),
  person(at('bjorn.akesson'), 'Bjørn Åkesson', 'Engineering', 'Architect', {
    ...e3(['VISIOCLIENT'], ['SG-OnPrem-Engineering']),
    synced: true,
    location: 'SE',
  }),
  person(at('johannal'), 'Johanna Lorenz', 'Engineering', 'Senior Engineer', {
    ...e3([], ['SG-OnPrem-Engineering']),
    synced: true,
  }),
  person(at('lidiah'), 'Lidia Holloway', 'Engineering', 'Product Manager', { ...e3(), synced: true }),
  person(UNIT_OPERATOR_UPN, 'Isaiah Langer', 'Sales', 'Sales Representative', {
    licenses: [STANDARD, 'POWER_BI_PRO'],
    groups: ['All Sales', UNIT_OPERATORS_GROUP],
    location: 'US',
  }),
  person(at('jonis'), 'Joni Sherman', 'Legal', 'Paralegal', e3()),
  person(at('chrisg'), 'Chris Green', 'Legal', 'Counsel', { location: 'GB' }),
  person(at('chrisn'), 'Chris Naidoo', 'IT', 'System Administrator', {
    licenses: ['SPE_E5'],
    location: 'ZA',
  }),
  person(SECOND_OPERATOR_UPN, 'Lee Gu', 'Manufacturing', 'Director', {
    licenses: [STANDARD, 'VISIOCLIENT'],
    groups: [OPERATORS_GROUP],
  }),
  person(at('nestorw'), 'Nestor Wilke', 'Operations', 'Director', { licenses: ['SPE_E5'] }),
  person(at('pattif'), 'Patti Fernandez', 'Executive', 'President', {
    licenses: ['SPE_E5', 'Microsoft_365_Copilot'],
    location: 'US',
  }),
  person(at('pradeepg'), 'Pradeep Gupta', 'Finance', 'Accountant', { groups: ['LIC-PowerBI Finance'] }),
  person(at('anna.lindqvist'), 'Anna Lindqvist', 'Finance', 'Accounts Payable', {
    licenses: [STANDARD, 'MCOMEETADV'],
    location: 'SE',
  }),
  person(at('malgorzata.szczesniak'), 'Małgorzata Szczęśniak', 'Operations', 'Buyer', {
    location: 'PL',
    signedInDaysAgo: 118,
  }),
  person(at('willemijn.uijttenhaage'), 'Willemijn Uijttenhaage', 'Operations', 'Logistics'),
  person(at('li'), 'Li', 'R&D', 'Intern', {
    given: 'Li',
    family: null,
    location: 'CN',
    signedInDaysAgo: null,
  }),
  person(at('will.power'), 'Will Power', 'Facilities', 'Caretaker', { licenses: ['FLOW_FREE'] }),
  person(at('mark.copilot'), 'Mark Copilot', 'IT', 'Developer'),
  person(at('jan.former'), 'Jan Former', 'Sales', 'Left in spring', {
    enabled: false,
    synced: false,
    signedInDaysAgo: 210,
  }),
  person(at('svc-backup'), 'Svc Backup', 'IT', 'Service account', {
    given: null,
    family: null,
    licenses: ['EXCHANGESTANDARD'],
    location: null,
    signedInDaysAgo: null,
  }),
  person(at('room.stevens'), 'Conf Room Stevens', 'Rooms', 'Meeting room', {
    mailbox: 'room',
    given: null,
    family: null,
    licenses: [],
    enabled: false,
  }),
  person(at('admin'), 'Tenant Admin', 'IT', 'Break-glass account', {
    licenses: [],
    location: null,
    signedInDaysAgo: 300,
  }),
  person(
    'maria.rossi_fabrikam.com#EXT#@contoso.onmicrosoft.com',
    'Maria Rossi (Fabrikam)',
    'Partners',
    'Consultant',
    {
      guest: true,
      licenses: [],
      location: 'IT',
      signedInDaysAgo: 95,
    },
  ),
  person('tom_adatum.com#EXT#@contoso.onmicrosoft.com', 'Tom Baker (Adatum)', 'Partners', 'Auditor', {
    guest: true,
    licenses: [],
    location: null,
  }),
];
