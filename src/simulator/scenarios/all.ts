import {
  ADMIN_REMOVES_ONE,
  ADMIN_REMOVES_ONE_DUPLICATE,
  ADMIN_REMOVES_ONE_SEQUENCED,
  ADMIN_REMOVES_ONE_TWIN,
} from './admin-removes-one.ts';
import { FORUM } from './forum.ts';
import { GROUP_LOSES_MEMBER } from './group-loses-member.ts';
import { LICENSING_SERVICE_ACTS } from './licensing-service.ts';
import { QUIET } from './quiet.ts';
import type { Scenario } from './scenario.ts';
import { SECURITY_NIGHT } from './security-night.ts';
import { SUBSCRIPTION_LAPSES } from './subscription-lapses.ts';

/** Every scenario that can be played by name; the first is the default. */
export const SCENARIOS: readonly Scenario[] = [
  FORUM,
  ADMIN_REMOVES_ONE,
  ADMIN_REMOVES_ONE_TWIN,
  ADMIN_REMOVES_ONE_SEQUENCED,
  ADMIN_REMOVES_ONE_DUPLICATE,
  GROUP_LOSES_MEMBER,
  LICENSING_SERVICE_ACTS,
  SUBSCRIPTION_LAPSES,
  SECURITY_NIGHT,
  QUIET,
];

export class UnknownScenarioError extends Error {
  readonly code = 'unknown-scenario';
  constructor(name: string) {
    const known = SCENARIOS.map((scenario) => scenario.name).join(', ');
    super(`There is no scenario "${name}". Known ones: ${known}.`);
    this.name = 'UnknownScenarioError';
  }
}

/** The scenario of this name. Throws UnknownScenarioError, which lists the known ones. */
export function scenarioNamed(name: string): Scenario {
  const scenario = SCENARIOS.find((one) => one.name === name);
  if (!scenario) throw new UnknownScenarioError(name);
  return scenario;
}
