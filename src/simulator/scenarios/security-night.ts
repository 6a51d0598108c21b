import { ATTACK_STEPS } from '../security/attack.ts';
import { COMPANY } from './company.ts';
import type { Scenario } from './scenario.ts';

/** When each step of the attack comes, seconds after play begins, and how far apart they are. */
const FIRST = 20;
const APART = 10;

export const SECURITY_NIGHT: Scenario = {
  name: 'security-night',
  title:
    'A month of ordinary work, then one night: a password is guessed, and the tenant is taken step by step.',
  ...COMPANY,
  timeline: [
    { second: 8, act: { kind: 'ordinary-days', days: 30 } },
    ...ATTACK_STEPS.map((step, index) => ({
      second: FIRST + index * APART,
      act: { kind: 'attack' as const, step },
    })),
  ],
};
