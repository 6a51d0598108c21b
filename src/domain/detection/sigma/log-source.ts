import type { LogSource } from './document.ts';
import type { Subject } from './subject.ts';
import { type Test, testOf } from './test.ts';

/** The records of a log source: all of them, those that pass a test, or why there are none. */
export type Collected = { ok: true; test: Test | null } | { ok: false; reason: string };

/** The operations of a sign-in in the unified audit log; the sign-in log itself is not read. */
const SIGN_INS: ReadonlySet<string> = new Set(['userloggedin', 'userloginfailed']);

const isSignIn = (subject: Subject): boolean => SIGN_INS.has(subject.operation);

const signIns: Test = {
  holds: isSignIn,
  canHold: (operation) => SIGN_INS.has(operation),
  operations: SIGN_INS,
};

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
  if (services && Object.hasOwn(services, key)) return { ok: true, test: services[key] ?? null };
  const name = [product, service || category].filter((part) => part !== '').join('/');
  return {
    ok: false,
    reason: `The log ${name === '' ? 'of the rule is not named' : `${name} is not collected`}, so the rule never fires.`,
  };
}
