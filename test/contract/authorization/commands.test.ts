import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAtLeast } from '../../../src/domain/access/access.ts';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { COMMAND_LIST } from '../../../src/teams/commands/index.ts';
import type { NeededRole } from '../../../src/teams/middleware/authorize.ts';
import { aDecision } from '../../builders/incident/decision.ts';
import { aSuppressionRule } from '../../builders/incident/suppression.ts';
import { CAST, CONVERSATIONS, PARTS, ROLE_OF } from './cast.ts';
import { REFUSED, Stage, saidTo } from './stage.ts';

const stage = new Stage();
beforeAll(async () => {
  await stage.start();
  stage.removeLee();
  await stage.holdWrites();
  for (const id of ['first', 'second']) {
    await stage.store.suppression.commit({
      decision: aDecision({ id: `made-${id}`, kind: 'make-rule', incidentId: null }),
      rule: aSuppressionRule({ id, until: stage.now() + HOUR_MS }),
    });
  }
});
afterAll(() => stage.stop());

/** A command: who may have it carried out, and what proves that it was. Words alone store nothing. */
type Row = {
  needs: NeededRole;
  /** By its own example, unless the simulated tenant has no such names. */
  says?: string;
  shows: RegExp;
};

const ASKS_FIRST = /Nothing has been changed yet/;
const ROWS: Record<string, Row> = {
  'Who changed a license': { needs: 'reader', shows: /AdaptiveCard/ },
  'License history of a person': { needs: 'reader', shows: /AdaptiveCard/ },
  'Licenses of a person': { needs: 'reader', shows: /AdaptiveCard/ },
  'Lost licenses': { needs: 'reader', shows: /AdaptiveCard/ },
  'Open incidents': { needs: 'reader', shows: /AdaptiveCard/ },
  // Nobody lost a license last month here.
  'Export a list': {
    needs: 'reader',
    says: 'Export free seats',
    shows: /card\.file\.consent|only in the personal chat/,
  },
  'Decision log': { needs: 'reader', shows: /AdaptiveCard/ },
  'Standing rules': { needs: 'reader', shows: /AdaptiveCard/ },
  'End or extend a rule': { needs: 'owner', shows: ASKS_FIRST },
  Snooze: {
    needs: 'operator',
    says: 'Snooze Visio until 1 December 2026: known migration',
    shows: ASKS_FIRST,
  },
  // Wei is of the unit: nobody else is somebody that its operator knows.
  'Assign or remove a license': {
    needs: 'operator',
    says: 'Assign Visio to Wei Zhang',
    shows: ASKS_FIRST,
  },
  'Keep an eye on somebody': { needs: 'operator', says: 'Keep an eye on Wei Zhang', shows: ASKS_FIRST },
  Status: { needs: 'reader', shows: /AdaptiveCard/ },
  'Check the set-up': { needs: 'owner', shows: /AdaptiveCard.*check/ },
  'Scan now': {
    needs: 'operator',
    shows: /I’m reading the tenant now|A read is already running|no process runs the jobs/,
  },
  'Post alerts in this channel': {
    needs: 'owner',
    shows: /Nothing has been changed yet|Alerts go to a team channel/,
  },
  Settings: { needs: 'reader', shows: /AdaptiveCard/ },
  'Change a setting': { needs: 'owner', shows: ASKS_FIRST },
  Help: { needs: 'reader', shows: /What you can ask me/ },
};

const CELLS = COMMAND_LIST.flatMap(({ title, example }) =>
  PARTS.flatMap((part) => CONVERSATIONS.map((where) => ({ title, example, part, where }))),
);

describe('the commands', () => {
  it('all have a row in the matrix', () => {
    expect(COMMAND_LIST.map(({ title }) => title).toSorted()).toEqual(Object.keys(ROWS).toSorted());
  });

  it.each(CELLS)('$title, said by $part in $where', async ({ title, example, part, where }) => {
    const row = ROWS[title];
    if (!row) throw new Error(`no row for ${title}`);
    await stage.alertsInTheFirstChannel();
    const before = await stage.kept();
    let told = '';
    const decided = await stage.decidedDuring(async () => {
      told = saidTo(await stage.say(CAST[part], where, row.says ?? example));
    });
    if (isAtLeast(ROLE_OF[part], row.needs)) {
      expect(told).toMatch(row.shows);
      expect(told).not.toMatch(REFUSED);
      expect(decided).toEqual([]);
    } else {
      expect(told).toMatch(REFUSED);
      expect(told).not.toMatch(/AdaptiveCard|@contoso\.com/);
      expect(decided).toEqual([]);
      expect(await stage.kept()).toEqual(before);
    }
    expect(stage.bot.simulator.tenant.writes()).toEqual([]);
  });
});

/** What was pressed in "Did you mean …?" takes the role of what it is, whatever card offered it. */
describe('the commands, chosen where a sentence was not clear', () => {
  const cells = COMMAND_LIST.flatMap(({ title, example, intents }) =>
    PARTS.map((part) => ({ title, example, intent: intents[0], part })),
  );

  it.each(cells)('$title, pressed by $part', async ({ title, example, intent, part }) => {
    const row = ROWS[title];
    if (!row) throw new Error(`no row for ${title}`);
    await stage.alertsInTheFirstChannel();
    const before = await stage.kept();
    let told = '';
    const decided = await stage.decidedDuring(async () => {
      const data = { ask: row.says ?? example, intent };
      told = saidTo(await stage.press(CAST[part], 'personal', 'read-as', data));
    });
    if (isAtLeast(ROLE_OF[part], row.needs)) {
      expect(told).toMatch(row.shows);
      expect(told).not.toMatch(REFUSED);
    } else {
      expect(told).toMatch(REFUSED);
      expect(told).not.toMatch(/AdaptiveCard|@contoso\.com/);
      expect(await stage.kept()).toEqual(before);
    }
    expect(decided).toEqual([]);
    expect(stage.bot.simulator.tenant.writes()).toEqual([]);
  });
});

describe('an operator of a unit, asking', () => {
  it.each(['lost licenses this week', 'open incidents', 'history of Rick', 'who changed Rick’s license?'])(
    'is told of users of the unit only: %s',
    async (text) => {
      const told = saidTo(await stage.say(CAST.scoped, 'personal', text));
      expect(told).not.toMatch(/rick@contoso|Oosterhout|jose\.alvarez|Konstantinopoulou/i);
    },
  );

  it('is not asked whether to do what concerns users elsewhere', async () => {
    const told = saidTo(await stage.say(CAST.scoped, 'personal', 'keep an eye on Adele Vance'));
    expect(told).not.toMatch(ASKS_FIRST);
  });
});
