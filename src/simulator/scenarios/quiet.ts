import { COMPANY } from './company.ts';
import type { Scenario } from './scenario.ts';

export const QUIET: Scenario = {
  name: 'quiet',
  title: 'A tenant of any size in which nothing happens.',
  ...COMPANY,
  timeline: [],
};
