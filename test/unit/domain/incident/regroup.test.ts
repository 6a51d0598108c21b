import { describe, expect, it } from 'vitest';
import type { IncidentGroup } from '../../../../src/domain/alert/group.ts';
import type { Incident } from '../../../../src/domain/incident/incident.ts';
import { regroup } from '../../../../src/domain/incident/regroup.ts';
import { anIncident } from '../../../builders/incident/incident.ts';
import { anIncidentGroup } from '../../../builders/incident/incident-group.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const incident = anIncident({ userIds: ['a', 'b', 'c'], changeIds: ['1', '2', '3'], skuIds: ['sku'] });
const all = { userIds: ['a', 'b', 'c'], changes: [0, 1, 2] };
const unknown = {
  fingerprint: incident.fingerprint,
  cause: 'unknown',
  level: 'unexplained',
  actor: null,
} as const;

const run = (
  groups: IncidentGroup[],
  over: { incident?: Incident; others?: Incident[]; isBegun?: boolean; isNews?: boolean } = {},
) =>
  regroup({
    incident: over.incident ?? incident,
    groups,
    changeIds: ['1', '2', '3'],
    others: new Map((over.others ?? []).map((other) => [other.fingerprint, other])),
    isBegun: over.isBegun ?? false,
    isNews: over.isNews ?? true,
    newId: () => 'new',
    now: NOW,
  }).map(({ id, cause, status, userIds, changeIds }) => ({ id, cause, status, userIds, changeIds }));

describe('what late evidence does to an incident', () => {
  it('is nothing, when nothing is new', () => {
    expect(run([anIncidentGroup({ ...unknown, ...all })])).toEqual([]);
  });

  it('names the cause of all its changes', () => {
    expect(run([anIncidentGroup(all)])).toEqual([
      {
        id: incident.id,
        cause: 'admin-action',
        status: 'open',
        userIds: ['a', 'b', 'c'],
        changeIds: ['1', '2', '3'],
      },
    ]);
  });

  it('takes it apart when two causes are found: the larger part stays', () => {
    const groups = [
      anIncidentGroup({ userIds: ['a'], changes: [0] }),
      anIncidentGroup({ ...unknown, userIds: ['b', 'c'], changes: [1, 2] }),
    ];
    expect(run(groups)).toEqual([
      { id: incident.id, cause: 'unknown', status: 'open', userIds: ['b', 'c'], changeIds: ['2', '3'] },
      { id: 'new', cause: 'admin-action', status: 'open', userIds: ['a'], changeIds: ['1'] },
    ]);
  });

  it('merges it into the incident that has its cause already', () => {
    const other = anIncident({
      id: 'other',
      fingerprint: 'admin-action|anna||',
      cause: 'admin-action',
      userIds: ['z'],
      changeIds: ['9'],
    });
    expect(run([anIncidentGroup(all)], { others: [other] })).toEqual([
      {
        id: incident.id,
        cause: 'unknown',
        status: 'closed',
        userIds: ['a', 'b', 'c'],
        changeIds: ['1', '2', '3'],
      },
      {
        id: 'other',
        cause: 'admin-action',
        status: 'open',
        userIds: ['z', 'a', 'b', 'c'],
        changeIds: ['9', '1', '2', '3'],
      },
    ]);
  });

  it('closes it when none of its changes needs telling, as when they were our own work', () => {
    expect(run([])).toMatchObject([{ id: incident.id, status: 'closed' }]);
  });

  it('explains what was decided on already, and leaves it whole', () => {
    const restored = { ...incident, status: 'restored' as const };
    const groups = [
      anIncidentGroup({ userIds: ['a', 'b'], changes: [0, 1] }),
      anIncidentGroup({ ...unknown, userIds: ['c'], changes: [2] }),
    ];
    expect(run(groups, { incident: restored })).toEqual([
      {
        id: incident.id,
        cause: 'admin-action',
        status: 'restored',
        userIds: ['a', 'b', 'c'],
        changeIds: ['1', '2', '3'],
      },
    ]);
  });

  const parts = [
    anIncidentGroup({ userIds: ['a', 'b'], changes: [0, 1] }),
    anIncidentGroup({ ...unknown, userIds: ['c'], changes: [2] }),
  ];

  it('leaves whole what somebody set out to restore', () => {
    expect(run(parts, { isBegun: true })).toEqual([
      {
        id: incident.id,
        cause: 'admin-action',
        status: 'open',
        userIds: ['a', 'b', 'c'],
        changeIds: ['1', '2', '3'],
      },
    ]);
  });

  it('keeps its own fingerprint then, where another open incident has that of its cause', () => {
    const rival = anIncident({ id: 'rival', fingerprint: parts[0]?.fingerprint ?? '' });
    const [whole] = regroup({
      incident,
      groups: parts,
      changeIds: ['1', '2', '3'],
      others: new Map([[rival.fingerprint, rival]]),
      isBegun: true,
      isNews: true,
      newId: () => 'new',
      now: NOW,
    });
    expect(whole).toMatchObject({ cause: 'admin-action', fingerprint: incident.fingerprint });
  });

  it('leaves many users together while some of them may still be explained, and edits the card for news', () => {
    const userIds = Array.from({ length: 12 }, (_, index) => `u${index}`);
    const many = anIncident({
      userIds,
      changeIds: userIds,
      skuIds: ['sku'],
      fingerprint: 'sealed|1',
      openedAt: NOW,
    });
    const groups = [
      anIncidentGroup({ userIds: userIds.slice(0, 8), changes: [...userIds.slice(0, 8).keys()] }),
      anIncidentGroup({ ...unknown, userIds: userIds.slice(8), changes: [8, 9, 10, 11] }),
    ];
    const revised = (isNews: boolean, incident = many) =>
      regroup({
        incident,
        groups,
        changeIds: userIds,
        others: new Map(),
        isBegun: false,
        isNews,
        newId: () => 'new',
        now: NOW,
      });
    expect(revised(true)).toEqual([{ ...many, revision: 2, updatedAt: NOW }]);
    expect(revised(false)).toEqual([]);
    // What was said of complete logs is taken back where a record turns out to be missing.
    expect(revised(true, { ...many, level: 'unrecorded' })).toEqual([
      { ...many, revision: 2, updatedAt: NOW },
    ]);
  });
});
