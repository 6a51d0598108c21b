import { afterEach, describe, expect, it } from 'vitest';
import { decide } from '../../../../src/jobs/decisions/decide.ts';
import { scan } from '../../../../src/jobs/scan/scan.ts';
import { verify } from '../../../../src/jobs/upkeep/verify.ts';
import { aMorning, MEGAN, type Morning, OPERATOR, VICTIMS } from '../../../builders/jobs/morning.ts';
import { anAssignment, aUserState } from '../../../builders/license/user-state.ts';

let world: Morning;
afterEach(() => world.store.close());

describe('a request for a second operator', () => {
  it('that is void because everything came back ends in the log, with the reason', async () => {
    world = await aMorning({ secondApproverAbove: 0 });
    const { id } = await world.incident();
    const request = {
      kind: 'reassign',
      incidentId: id,
      userIds: null,
      way: 'as-it-was',
      plan: null,
    } as const;
    await decide(world.context, request, MEGAN, OPERATOR);
    const asked = (await world.incident()).request;
    world.tenant.put(...VICTIMS.map((userId) => aUserState({ id: userId, assignments: [anAssignment()] })));
    await scan(world.context, { kind: 'full' }, new AbortController().signal);
    await verify(world.context);
    expect(await world.incident()).toMatchObject({ status: 'restored', request: null });
    expect((await world.store.decisions.byIncident(id)).at(-1)).toMatchObject({
      kind: 'expire',
      about: asked?.id,
      reason: 'The licenses came back before anybody confirmed it.',
    });
  });
});
