import { afterEach, beforeEach, expect, it } from 'vitest';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import { editCard } from '../../../../src/jobs/delivery/edit-card.ts';
import { aMorning, LEE, MEGAN, type Morning, OPERATOR } from '../../../builders/jobs/morning.ts';

let world: Morning;
beforeEach(async () => {
  world = await aMorning();
});
afterEach(() => world.store.close());

/** Approves, and lets something else be written just before that decision is stored. */
async function approveWhile(between: (times: number) => Promise<unknown>) {
  const { id } = await world.incident();
  let times = 0;
  let waiting: Promise<unknown> = Promise.resolve();
  const { commit } = world.store.incidents;
  let isOurs = false;
  world.store.incidents.commit = async (written) => {
    if (!isOurs && written.decisions?.some(({ by }) => by === MEGAN)) {
      isOurs = true;
      waiting = between(++times);
      await waiting;
      isOurs = false;
    }
    return commit(written);
  };
  const request = { kind: 'approve', incidentId: id, reason: 'leaver', ruleUntil: null } as const;
  const decided = await decide(world.context, request, MEGAN, OPERATOR);
  return { decided, kinds: (await world.store.decisions.byIncident(id)).map(({ kind }) => kind), times };
}

it('a press counts although a job of ours writes the incident at the same moment', async () => {
  const { id } = await world.incident();
  const outcome = await approveWhile((times) =>
    times === 1 ? editCard(world.context, id) : Promise.resolve(),
  );
  expect(outcome).toEqual({ decided: { kind: 'accepted' }, kinds: ['approve'], times: 2 });
});

it('a press gives way to what another person decided at the same moment', async () => {
  const { id } = await world.incident();
  const theirs = { kind: 'approve', incidentId: id, reason: 'intended', ruleUntil: null } as const;
  const outcome = await approveWhile(() => decide(world.context, theirs, LEE, OPERATOR));
  expect(outcome).toMatchObject({ decided: { kind: 'refused' }, kinds: ['approve'], times: 1 });
});

it('a press is refused when jobs come between again and again', async () => {
  const { id } = await world.incident();
  const outcome = await approveWhile(() => editCard(world.context, id));
  expect(outcome).toMatchObject({
    decided: { kind: 'refused', reason: 'Somebody else was first: this is how it stands now.' },
    kinds: [],
    times: 5,
  });
});
