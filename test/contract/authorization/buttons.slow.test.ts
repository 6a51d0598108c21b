import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAtLeast } from '../../../src/domain/access/access.ts';
import { CARD_ACTIONS } from '../../../src/teams/card-actions/index.ts';
import { CAST, CONVERSATIONS, IN_THE_UNIT, PARTS, type Part, ROLE_OF } from './cast.ts';
import { type Deed, leavesIn } from './deed.ts';
import { DEEDS, MORE } from './deeds.ts';
import { BEYOND, REFUSED, Stage, saidTo } from './stage.ts';

const stage = new Stage();
beforeAll(async () => {
  // Writes are held, so a press would wait in vain.
  stage.bot.answerWithinMs = 100;
  await stage.start();
  stage.removeLee();
  await stage.holdWrites();
});
afterAll(() => stage.stop());

function outcomeFor(part: Part, deed: Deed): Deed['scoped'] {
  if (!isAtLeast(ROLE_OF[part], deed.needs)) return 'refused';
  return part === 'scoped' ? deed.scoped : 'allowed';
}

const ROWS = [
  ...Object.entries(DEEDS).map(([verb, deed]) => ({ name: verb, verb, deed })),
  ...Object.entries(MORE).map(([name, deed]) => ({
    name,
    verb: deed.verb,
    deed: { needs: 'operator' as const, ...deed },
  })),
];
const CELLS = ROWS.flatMap((row) =>
  PARTS.flatMap((part) =>
    CONVERSATIONS.map((where) => ({ ...row, part, where, want: outcomeFor(part, row.deed) })),
  ),
);

describe('the buttons', () => {
  it('all have a row in the matrix', () => {
    expect(CARD_ACTIONS.map(({ verb }) => verb).toSorted()).toEqual(Object.keys(DEEDS).toSorted());
  });

  it.each(CELLS)('$name, pressed by $part in $where: $want', async ({ verb, deed, part, where, want }) => {
    const data = await deed.prepare(stage, CAST[part]);
    const before = await stage.kept();
    let told = '';
    const decided = await stage.decidedDuring(async () => {
      const exchange = await stage.press(CAST[part], where, verb, data);
      expect(exchange.status).toBe(200);
      told = saidTo(exchange);
    });
    if (want === 'allowed') {
      expect(decided.map(({ kind }) => kind)).toEqual(leavesIn(deed, where));
      expect(told).not.toMatch(REFUSED);
      expect(told).not.toMatch(BEYOND);
    } else {
      expect(decided).toEqual([]);
      expect(await stage.kept()).toEqual(before);
      expect(told).toMatch(want === 'refused' ? REFUSED : BEYOND);
    }
    expect(stage.bot.simulator.tenant.writes()).toEqual([]);
  });

  it('are decided as the person of the activity, whatever the data claims', async () => {
    const data = await DEEDS.approve?.prepare(stage, CAST.operator);
    const decided = await stage.decidedDuring(() =>
      stage.press(CAST.operator, 'channel', 'approve', {
        ...data,
        by: CAST.owner.aadObjectId,
        aadObjectId: CAST.owner.aadObjectId,
        role: 'owner',
      }),
    );
    expect(decided).toMatchObject([{ by: { aadObjectId: CAST.operator.aadObjectId, name: 'Megan Bowen' } }]);
  });
});

describe('an operator of a unit', () => {
  it('gives back to the users of the unit, when they press the button for all', async () => {
    const { id } = await stage.incident();
    const [decision] = await stage.decidedDuring(() =>
      stage.press(CAST.scoped, 'channel', 'reassign', { incidentId: id, who: 'all' }),
    );
    expect(decision?.userIds?.toSorted()).toEqual(IN_THE_UNIT.toSorted());
    const steps = await stage.store.decisions.stepsOf(decision?.id ?? '');
    expect(steps.flatMap(({ userIds }) => userIds).toSorted()).toEqual(IN_THE_UNIT.toSorted());
  });

  it.each(['approve', 'snooze', 'wake', 'decline', 'confirm'])(
    'may %s where all users are of the unit',
    async (verb) => {
      const deed = DEEDS[verb];
      if (!deed) throw new Error(`no deed ${verb}`);
      stage.users = IN_THE_UNIT;
      const data = await deed.prepare(stage, CAST.scoped).finally(() => {
        stage.users = null;
      });
      const decided = await stage.decidedDuring(() => stage.press(CAST.scoped, 'personal', verb, data));
      expect(decided.map(({ kind }) => kind)).toEqual(deed.leaves);
    },
  );

  it('learns nothing of an incident of other users, nor of who else is in one of theirs', async () => {
    const { userIds } = await stage.incident();
    const others = userIds.filter((userId) => !IN_THE_UNIT.includes(userId));
    const { id } = await stage.incident({ userIds: others });
    for (const verb of ['view', 'reassign', 'approve']) {
      const told = saidTo(
        await stage.press(CAST.scoped, 'personal', verb, {
          incidentId: id,
          who: 'all',
          approveWhy: 'leaver',
        }),
      );
      expect(told).toMatch(/I don’t know this incident|I do not know this incident/);
      expect(told).not.toMatch(/Rick|Álvarez|Alvarez|Konstantinopoulou/);
    }
    const mixed = await stage.incident();
    const seen = saidTo(await stage.press(CAST.scoped, 'personal', 'view', { incidentId: mixed.id }));
    expect(seen).toContain('Wei Zhang');
    expect(seen).not.toMatch(/Rick|Konstantinopoulou/);
  });
});
