import type { LogSource } from './document.ts';
import type { Subject } from './subject.ts';
import { type Test, testOf } from './test.ts';

/**
 * The records of a log source: all of them, or those that pass a test; or why there are none. `lacks` says why a field
 * is in none of them; null where it may be.
 */
export type Collected =
  | { ok: true; test: Test | null; lacks(field: string): string | null }
  | { ok: false; reason: string };

/** The operations of a sign-in in the unified audit log; the sign-in log itself is not read. */
const SIGN_INS: ReadonlySet<string> = new Set(['userloggedin', 'userloginfailed']);

const isSignIn = (subject: Subject): boolean => SIGN_INS.has(subject.operation);

const signIns: Test = {
  holds: isSignIn,
  canHold: (operation) => SIGN_INS.has(operation),
  operations: SIGN_INS,
};

/** What the sign-in log has beyond the records of sign-ins in the unified audit log; the first part of the name. */
const ONLY_IN_SIGN_IN_LOG: ReadonlySet<string> = new Set([
  'appliedconditionalaccesspolicies',
  'authenticationcontextclassreferences',
  'authenticationdetails',
  'authenticationmethodsused',
  'authenticationrequirement',
  'autonomoussystemnumber',
  'conditionalaccessstatus',
  'crosstenantaccesstype',
  'hometenantid',
  'incomingtokentype',
  'isinteractive',
  'location',
  'locationdetails',
  'mfadetail',
  'networklocationdetails',
  'resourcedisplayname',
  'riskdetail',
  'riskeventtypes',
  'riskeventtypes_v2',
  'risklevelaggregated',
  'risklevelduringsignin',
  'riskstate',
  'sessionlifetimepolicies',
]);

const lacksOfSignIn = (field: string): string | null =>
  ONLY_IN_SIGN_IN_LOG.has(
    field
      .toLowerCase()
      .replace(/^properties\./, '')
      .split('.')[0] ?? '',
  )
    ? `${field} is only in the sign-in log. The records that are collected (UserLoggedIn, UserLoginFailed) lack it, so the rule never fires.`
    : null;

const directoryAudits: Test = {
  ...testOf(
    (subject) =>
      !isSignIn(subject) &&
      (subject.form === 'graph' ||
        (subject.field('Workload')?.some(({ lower }) => lower === 'azureactivedirectory') ?? true)),
  ),
  canHold: (operation) => !SIGN_INS.has(operation),
};

/** What is collected, by product and service; a service that is null takes a rule without one. */
const SERVICES: Readonly<Record<string, Readonly<Record<string, Test | null>>>> = {
  m365: {
    '': null,
    audit: null,
    exchange: null,
    sharepoint: null,
    onedrive: null,
    teams: null,
    azureactivedirectory: null,
    threat_management: null,
    threat_detection: null,
  },
  azure: { auditlogs: directoryAudits, signinlogs: signIns },
};

/** Says which records a log source has here, or why it has none. */
export function collectedOf({ product = '', service = '', category = '' }: LogSource): Collected {
  const services = Object.hasOwn(SERVICES, product.toLowerCase())
    ? SERVICES[product.toLowerCase()]
    : undefined;
  const key = service.toLowerCase();
  if (services && Object.hasOwn(services, key)) {
    const test = services[key] ?? null;
    return { ok: true, test, lacks: test === signIns ? lacksOfSignIn : () => null };
  }
  const name = [product, service || category].filter((part) => part !== '').join('/');
  return {
    ok: false,
    reason: `The log ${name === '' ? 'of the rule is not named' : `${name} is not collected`}, so the rule never fires.`,
  };
}
