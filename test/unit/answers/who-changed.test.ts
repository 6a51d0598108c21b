import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { aVerdict } from '../../builders/audit/verdict.ts';
import { aQuery } from '../../builders/query.ts';
import {
  ask,
  askQuery,
  at,
  aWatchedTenant,
  E3,
  explain,
  PEOPLE,
  rickLost,
  scanned,
} from './a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

describe('why somebody has a product', () => {
  it('is said by the ways of it where no change was seen', async () => {
    const { answer } = await askQuery(
      store,
      aQuery({ intent: 'who-changed', people: ['adele'], skus: [E3] }),
    );
    expect(answer.lead).toMatch(
      /^Adele Vance has Microsoft 365 E3 directly and through LIC-M365-E3\. .*No license change/,
    );
  });
});

describe('who changed a license', () => {
  it('names the admin, how sure that is, the chain and the records', async () => {
    await explain(
      store,
      aVerdict({
        level: 'proved',
        cause: 'admin-action',
        actor: { kind: 'user', id: 'ines', name: 'ines.duarte@fabrikam.example' },
        chain: [{ at: at('23T10:12'), what: 'Ines Duarte changed the license.', evidence: ['record-1'] }],
        evidence: ['record-1'],
      }),
    );
    const { answer } = await ask(store, "who changed Rick's license");
    expect(answer.lead).toBe(
      'Rick van Oosterhout lost Microsoft 365 Business Standard (directly) between 23 Nov 10:05 and 10:20. Ines Duarte removed it.',
    );
    expect(answer.blocks).toContainEqual({
      kind: 'facts',
      facts: [
        { label: 'How sure', value: 'Confirmed by the audit log' },
        { label: 'Now', value: 'not restored' },
        { label: 'Audit records', value: 'record-1' },
      ],
    });
    expect(answer.blocks).toContainEqual({
      kind: 'timeline',
      entries: [{ at: at('23T10:12'), what: 'Ines Duarte changed the license.', detail: 'Record record-1' }],
      hiddenEntries: 0,
    });
    expect(answer.completeUntil).toBe(
      'State read 23 Nov 10:20; Entra audit log complete to 23 Nov 10:25, unified audit log to 23 Nov 09:40.',
    );
  });

  it('tells times where the asker is', async () => {
    const { answer } = await ask(store, "who changed Rick's license", 'Asia/Kolkata');
    expect(answer.lead).toContain('between 23 Nov 15:35 and 15:50');
  });

  it('says that nobody knows yet, and that no record exists', async () => {
    expect((await ask(store, "who changed Rick's license")).answer.lead).toContain(
      'its cause is being looked for',
    );
    await explain(store, aVerdict({ level: 'unexplained' }));
    expect((await ask(store, "who changed Rick's license")).answer.lead).toContain('no audit record so far');
    await explain(store, aVerdict({ level: 'unrecorded' }));
    expect((await ask(store, "who changed Rick's license")).answer.lead).toContain(
      'neither has a record of it',
    );
  });

  it('says first when the tenant does not audit', async () => {
    await store.audit.setProblem('activity', { code: 'auditing-off', message: 'Off.', at: 0 });
    const { answer } = await ask(store, "who changed Rick's license");
    expect(answer.blocks[0]).toMatchObject({ text: expect.stringContaining('Auditing is switched off') });
  });

  it('tells names as they were then and as they are now', async () => {
    const renamed = PEOPLE.map((user) =>
      user.id === 'rick' ? { ...user, displayName: 'Rick Oosterhout', assignments: [] } : user,
    );
    await scanned(store, renamed, at('23T10:25'));
    const { answer, query } = await ask(store, 'who changed the license of Rick van Oosterhout');
    expect(query.people).toEqual(['rick']);
    expect(answer.lead).toContain('Rick van Oosterhout (now Rick Oosterhout) lost');
  });

  it('says since when licenses are watched where nothing was seen', async () => {
    const { answer } = await ask(store, "who changed Adele's license last week");
    expect(answer.lead).toBe(
      'I have watched since 20 Nov 08:00; before that I cannot say. No license change was seen for Adele Vance from 20 Nov 08:00 to 23 Nov 00:00.',
    );
  });

  it.each([
    ['who lost a license last month', 'I have watched since 20 Nov 08:00; before that I cannot say.'],
    [
      'who lost Visio last week',
      'I have watched since 20 Nov 08:00; before that I cannot say. Nobody lost a license of Visio Plan 2 from 20 Nov 08:00 to 23 Nov 00:00.',
    ],
    ['who changed licenses last month', 'I have watched since 20 Nov 08:00; before that I cannot say.'],
    ['what changed last month', 'I have watched since 20 Nov 08:00; before that I cannot say.'],
  ])('“%s”: what was not watched is not nobody', async (question, lead) => {
    expect((await ask(store, question)).answer.lead).toBe(lead);
  });

  it('is asked of everybody when nobody is named', async () => {
    expect((await ask(store, 'who removed licenses today')).answer.lead).toContain(
      'Rick van Oosterhout lost',
    );
  });

  it('lists earlier changes below the latest', async () => {
    await scanned(store, PEOPLE, at('23T10:25'), [
      rickLost({
        id: 'change-2',
        scanId: 'later',
        kind: 'gained',
        before: [],
        observedBefore: at('23T10:20'),
        observedAfter: at('23T10:25'),
      }),
    ]);
    const { answer } = await ask(store, "who changed Rick's license");
    expect(answer.lead).toContain('got Microsoft 365 Business Standard');
    expect(answer.blocks.find(({ kind }) => kind === 'table')).toMatchObject({
      rows: [
        [
          expect.any(String),
          'Rick van Oosterhout',
          expect.stringContaining('lost'),
          expect.any(String),
          'Cause not known yet',
        ],
      ],
    });
  });
});

describe('a name that is not clear', () => {
  it('is asked about with sentences that are clear', async () => {
    const { answer } = await ask(store, "who changed Chris's license last week");
    expect(answer.lead).toBe('Which Chris?');
    const [block] = answer.blocks;
    expect(block).toMatchObject({
      kind: 'choices',
      choices: [
        {
          label: 'Chris Green',
          detail: 'chris.green@fabrikam.example',
          ask: "who changed chris.green@fabrikam.example's license last week",
        },
        { label: 'Chris Naidoo' },
      ],
    });
    if (block?.kind !== 'choices') return;
    for (const [index, { ask: sentence }] of block.choices.entries()) {
      const again = await ask(store, sentence);
      expect(again.query).toMatchObject({ intent: 'who-changed', unresolved: [] });
      expect(again.query.people).toEqual([`chris-${['Green', 'Naidoo'][index]}`]);
    }
  });

  it('gets the nearest names, or none', async () => {
    expect((await ask(store, 'history of Adriana')).answer.lead).toContain('Nobody here is called “Adriana”');
    const { answer } = await ask(store, 'history of Adelheid');
    expect(answer.blocks).toMatchObject([{ kind: 'choices', choices: [{ label: 'Adele Vance' }] }]);
    expect((await ask(store, 'history of Xyzzy')).answer.blocks).toMatchObject([{ kind: 'text' }]);
  });

  it('of a product gets the products that are here', async () => {
    const { answer } = await ask(store, 'who has Project');
    expect(answer.lead).toBe('This tenant has no product called “Project”.');
    expect(answer.blocks).toMatchObject([{ rows: expect.arrayContaining([['Microsoft 365 E3', 'SPE_E3']]) }]);
  });
});
