import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/domain/ports.ts';
import { anAuditEvent } from '../../builders/audit/audit-event.ts';
import { ADELE, ask, at, aWatchedTenant, PEOPLE, scanned } from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

/** Of what was there at the first read nobody knows since when. */
const FROM_THE_FIRST = 'before 20 Nov 08:00';

const answerTo = async (text: string) => (await ask(store, text)).answer;

describe('the licenses of a person', () => {
  it('are told path by path with their errors', async () => {
    const answer = await answerTo('licenses of Adele');
    expect(answer.lead).toBe('Adele Vance has Microsoft 365 E3.');
    expect(rowsOf(answer.blocks)).toEqual([
      ['Microsoft 365 E3', 'directly', 'Active', 'none', FROM_THE_FIRST],
      ['Microsoft 365 E3', 'through LIC-M365-E3', 'Active', 'none', FROM_THE_FIRST],
      ['Visio Plan 2', 'through LIC-M365-E3', 'Error: no seat was left (CountViolation)', 'none', ''],
    ]);
  });

  it('are told with the names of the plans that are switched off', async () => {
    await scanned(store, PEOPLE, at('23T10:25'));
    expect(rowsOf((await answerTo('licenses of Rick')).blocks)[0]?.[3]).toBe('Microsoft Teams');
  });

  it('answer a question about one product with yes or no', async () => {
    expect((await answerTo('does Adele have E3')).lead).toBe(
      'Yes, Adele Vance has Microsoft 365 E3. Held since before 20 Nov 08:00.',
    );
    expect((await answerTo('does Rick have Visio')).lead).toMatch(
      /^No, Rick van Oosterhout does not have Visio/,
    );
  });

  it('of somebody who left are told as the last that was known', async () => {
    await scanned(
      store,
      PEOPLE.filter((user) => user !== ADELE),
      at('23T10:25'),
    );
    expect((await answerTo('licenses of Adele')).lead).toContain(
      'had, when the account was deleted, Microsoft 365 E3',
    );
  });
});

describe('lists', () => {
  it('who lost a license, and whether they still lack it', async () => {
    const answer = await answerTo('who lost a license');
    expect(answer.lead).toBe('1 user lost a license in the last 7 days.');
    expect(rowsOf(answer.blocks)[0]).toEqual([
      'Rick van Oosterhout',
      'Microsoft 365 Business Standard',
      '23 Nov 10:20',
      'Cause not known yet',
      'not restored',
    ]);
    expect((await answerTo('who lost E3 today')).lead).toContain('Nobody lost a license of Microsoft 365 E3');
  });

  it('seats, those that are short first', async () => {
    const { lead, blocks } = await answerTo('free seats');
    expect(lead).toBe('3 products, 1 with more users than seats, 1 without a free seat.');
    expect(rowsOf(blocks).map((row) => row.slice(1))).toEqual([
      ['1', '2', 'none, 1 over', 'active'],
      ['5', '5', '0', 'active'],
      ['10', '8', '2', 'active'],
    ]);
    expect((await answerTo('how many E3 seats are left')).lead).toBe(
      'Microsoft 365 E3 has 2 free seats: 8 of 10 used.',
    );
    expect((await answerTo('how many Visio seats are left')).lead).toContain('1 more user than seats');
  });

  it('who has a product', async () => {
    const answer = await answerTo('who has E3');
    expect(answer.lead).toBe('1 user has Microsoft 365 E3.');
    expect(rowsOf(answer.blocks)).toEqual([
      [
        'Adele Vance',
        'adele.vance@fabrikam.example',
        'directly and through LIC-M365-E3',
        'before 20 Nov 08:00',
      ],
    ]);
  });

  it('assignments in error, also of one group', async () => {
    expect(rowsOf((await answerTo('who is stuck in error in LIC-M365-E3')).blocks)).toHaveLength(1);
  });

  it('products by two paths, guests, subscriptions that end', async () => {
    expect(rowsOf((await answerTo('who has the same license twice')).blocks)).toEqual([
      ['Adele Vance', 'Microsoft 365 E3', 'directly and through LIC-M365-E3'],
    ]);
    expect(rowsOf((await answerTo('guests with a license')).blocks)[0]?.[0]).toBe('Bo Guest');
    expect(rowsOf((await answerTo('what expires in the next 30 days')).blocks)[0]?.[3]).toBe('5 Dec 00:00');
    expect((await answerTo('what expires in the next 5 days')).lead).toContain('No subscription');
  });

  it('what somebody did and what was done to somebody', async () => {
    const event = anAuditEvent({
      at: at('22T10:00'),
      targets: [{ kind: 'user', id: 'rick', name: 'rick@x' }],
    });
    await store.audit.append([{ event, raw: '{}' }], at('22T10:05'));
    expect((await answerTo('what did Ines Duarte do yesterday')).blocks[0]).toMatchObject({
      entries: [{ what: 'Change user license on rick@x' }],
    });
    expect((await answerTo('show audit events on Rick since Friday')).blocks[0]).toMatchObject({
      entries: [{ what: 'Change user license by ines.duarte@fabrikam.example' }],
    });
  });

  it('what somebody did whom the record names by UPN only', async () => {
    const [ines] = await store.users.byIds(['ines']);
    const actor = {
      kind: 'user' as const,
      id: null,
      name: ines?.state.userPrincipalName.toUpperCase() ?? '',
    };
    const event = anAuditEvent({ at: at('22T10:00'), operation: 'Set-Mailbox', actor });
    await store.audit.append([{ event, raw: '{}' }], at('22T10:05'));
    expect((await answerTo('what did Ines Duarte do yesterday')).lead).toContain('1 audit record');
  });
});
