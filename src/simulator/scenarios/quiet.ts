import { COMPANY_GROUPS, COMPANY_PROFILES, COMPANY_PURCHASES } from './company.ts';
import { COMPANY_PEOPLE } from './company-people.ts';
import type { Scenario } from './scenario.ts';

export const QUIET: Scenario = {
  name: 'quiet',
  title: 'A tenant of any size in which nothing happens.',
  people: COMPANY_PEOPLE,
  groups: COMPANY_GROUPS,
  purchases: COMPANY_PURCHASES,
  profiles: COMPANY_PROFILES,
  timeline: [],
};
