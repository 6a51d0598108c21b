import { expect, it } from 'vitest';
import type { VerdictLevel } from '../../../../src/domain/attribution/verdict.ts';
import { DAY_MS } from '../../../../src/domain/durations.ts';
import { staysWhole } from '../../../../src/domain/incident/stays-whole.ts';
import { anIncident } from '../../../builders/incident/incident.ts';

const many = anIncident({ userIds: Array.from({ length: 10 }, (_, index) => `u${index}`) });
const nine = { ...many, userIds: many.userIds.slice(1) };

type Case = {
  name: string;
  levels: VerdictLevel[];
  incident?: typeof many;
  days?: number;
  whole: boolean;
};

it.each<Case>([
  {
    name: 'one cause, and a rest that may still be explained',
    levels: ['proved', 'unexplained'],
    whole: true,
  },
  { name: 'a likely cause, and such a rest', levels: ['likely', 'unexplained'], whole: true },
  { name: 'two causes, and such a rest', levels: ['proved', 'proved', 'unexplained'], whole: true },
  { name: 'two causes, and no rest', levels: ['proved', 'proved'], whole: false },
  { name: 'one cause for everybody', levels: ['proved'], whole: false },
  { name: 'nothing explained', levels: ['unexplained'], whole: false },
  { name: 'no change to tell', levels: [], whole: false },
  { name: 'logs that are complete or off', levels: ['proved', 'unrecorded'], whole: false },
  { name: 'fewer than ten users', levels: ['proved', 'unexplained'], incident: nine, whole: false },
  { name: 'six days gone by', levels: ['proved', 'unexplained'], days: 6.9, whole: true },
  { name: 'seven days gone by', levels: ['proved', 'unexplained'], days: 7, whole: false },
  {
    name: 'a rule that hid it',
    levels: ['proved', 'unexplained'],
    incident: { ...many, hiddenByRuleId: 'rule-1' },
    whole: false,
  },
  {
    name: 'a decision on it',
    levels: ['proved', 'unexplained'],
    incident: { ...many, status: 'approved' },
    whole: false,
  },
])(
  'with $name, an incident of many users stays whole: $whole',
  ({ levels, incident = many, days = 0, whole }) => {
    const groups = levels.map((level) => ({ level }));
    expect(staysWhole(incident, groups, incident.openedAt + days * DAY_MS)).toBe(whole);
  },
);
