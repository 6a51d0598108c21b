import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/answers/answer/answer.ts';
import type { Store } from '../../../../src/domain/ports.ts';
import { understand } from '../../../../src/language/conversation/understand.ts';
import { aScanRecord } from '../../../builders/jobs/scan-record.ts';
import { aChange } from '../../../builders/license/license-change.ts';
import { anEmptyStore } from '../../../builders/storage/store-in-memory.ts';
import { answerTo, aTenantWithCosts, pricesOf, signInsRead } from '../a-tenant-with-costs.ts';
import { at, E3, NOW } from '../a-watched-tenant.ts';

let store: Store;
beforeEach(async () => {
  store = await aTenantWithCosts();
});
afterEach(() => store.close());

const tables = ({ blocks }: Answer) => blocks.filter((block) => block.kind === 'table');
const rows = (answer: Answer, index = 0) => tables(answer)[index]?.rows ?? [];
const texts = ({ blocks }: Answer) => blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
const problem = { code: 'forbidden', message: 'The tenant needs Entra ID P1 to do this (403).', at: NOW };

describe('unused licenses', () => {
  it('are told with why, and with the guesses apart', async () => {
    await signInsRead(store);
    const answer = await answerTo(store, 'unused licenses');
    expect(answer.lead).toBe(
      '4 licenses look unused: 1 of blocked accounts, 1 of people who never signed in and 2 of people who have not signed in for 90 days.',
    );
    expect(rows(answer)).toEqual([
      ['Jan Former', 'Microsoft 365 E3', 'the account is blocked', '27 Apr 02:40', 'directly'],
      ['Li Intern', 'Microsoft 365 E3', 'never signed in', 'never', 'directly'],
      [
        'Grady Archie',
        'Microsoft 365 E3',
        'no sign-in for 200 days',
        '7 May 02:40',
        expect.stringContaining('through'),
      ],
      ['Lee Gu', 'Visio Plan 2', 'no sign-in for 140 days', '6 Jul 02:40', 'directly'],
    ]);
    expect(rows(answer, 1).map(([name, , , , looksLike]) => [name, looksLike])).toEqual([
      ['Conf Room Stevens', 'a room, device or shared mailbox, because of its display name'],
      ['Break-glass One', 'emergency access, because of its display name'],
    ]);
    expect(texts(answer).join(' ')).toContain(
      'Not counted: 2 licenses of accounts that do not look like people',
    );
    expect(texts(answer).join(' ')).toContain('A blocked account can be a shared mailbox');
    expect(answer.completeUntil).toContain('Sign-ins read 23 Nov 02:40.');
  });

  it('come with seats that nobody has, but not of trials, free products and what is suspended', async () => {
    const answer = await answerTo(store, 'unused licenses');
    expect(texts(answer).at(-1)).toBe(
      'Besides, 5 seats are paid for and assigned to nobody: Microsoft 365 E3 (4) and Visio Plan 2 (1).',
    );
  });

  it('offer sentences that take them away, and those are understood', async () => {
    await signInsRead(store);
    const { next } = await answerTo(store, 'unused licenses');
    expect(next.slice(0, 3)).toEqual([
      'remove Microsoft 365 E3 from Jan Former',
      'remove Microsoft 365 E3 from Li Intern',
      'remove Visio Plan 2 from Lee Gu',
    ]);
    const person = (id: string, displayName: string) => ({
      id,
      displayName,
      givenName: null,
      surname: null,
      userPrincipalName: `${id}@contoso.com`,
      mail: null,
      formerNames: [],
    });
    const directory = {
      people: [person('jan', 'Jan Former'), person('lee', 'Lee Gu')],
      skus: [{ skuId: E3, partNumber: 'SPE_E3', displayName: 'Microsoft 365 E3' }],
      groups: [],
    };
    const query = understand(next[0] ?? '', { directory, now: NOW, timeZone: 'UTC', asker: null });
    expect(query).toMatchObject({ intent: 'remove', people: ['jan'], skus: [E3], unresolved: [] });
  });

  it('may be asked of one product and another time', async () => {
    await signInsRead(store);
    const visio = await answerTo(store, 'who has not used Visio for 150 days');
    expect(visio.lead).toBe('No license of Visio Plan 2 looks unused for 150 days.');
    const e3 = await answerTo(store, "who hasn't used their E3 in 180 days");
    expect(rows(e3).map(([name]) => name)).toEqual(['Jan Former', 'Li Intern', 'Grady Archie']);
    expect(texts(e3).at(-1)).toContain('4 seats are paid for and assigned to nobody: Microsoft 365 E3 (4).');
  });

  it('of accounts to be left alone are not told, and that is said', async () => {
    await signInsRead(store);
    const excluded = new Set(['break-glass-one', 'jan.former@fabrikam.example']);
    const answer = await answerTo(store, 'unused licenses', { excluded });
    expect(JSON.stringify(tables(answer))).not.toMatch(/Break-glass|Jan Former/);
    expect(answer.next.join()).not.toContain('Jan Former');
    expect(texts(answer).join(' ')).toContain(
      '2 accounts to be left alone (SPARED_ACCOUNTS) are not counted.',
    );
  });

  it('given lately are not called unused', async () => {
    await signInsRead(store);
    const given = aChange({
      id: 'c1',
      kind: 'gained',
      userId: 'li-intern',
      skuId: E3,
      observedAfter: at('20T08:00'),
    });
    const session = await store.scans.begin('again');
    await session.commit({
      record: aScanRecord({ id: 'again' }),
      changes: [given],
      settle: [],
      tenant: null,
      deltaLink: null,
    });
    expect(JSON.stringify(rows(await answerTo(store, 'unused licenses')))).not.toContain('Li Intern');
  });

  it('that were lost and put right are not new', async () => {
    await signInsRead(store);
    const change = { userId: 'li-intern', skuId: E3 };
    const changes = [
      aChange({ ...change, id: 'c1', kind: 'lost', observedAfter: at('20T07:20') }),
      aChange({ ...change, id: 'c2', kind: 'gained', observedAfter: at('20T08:00') }),
    ];
    const session = await store.scans.begin('again');
    const record = aScanRecord({ id: 'again' });
    await session.commit({ record, changes, settle: [], tenant: null, deltaLink: null });
    expect(JSON.stringify(rows(await answerTo(store, 'unused licenses')))).toContain('Li Intern');
  });

  it('before sign-ins were read are those of blocked accounts', async () => {
    const answer = await answerTo(store, 'unused licenses');
    expect(answer.lead).toBe(
      '1 license of blocked accounts. I cannot say more yet: I do not know who signs in.',
    );
    expect(texts(answer)[0]).toBe('Sign-ins: not read yet.');
    expect(rows(answer).map(([name, , , last]) => [name, last])).toEqual([['Jan Former', 'not known']]);
  });

  it('say what to do where the tenant does not show sign-ins, and until when they were known', async () => {
    await store.signIns.setProblem(problem);
    expect(texts(await answerTo(store, 'unused licenses'))[0]).toBe(
      'Sign-ins: not read. The tenant needs Entra ID P1 to do this (403).',
    );
    expect(JSON.stringify((await answerTo(store, 'status')).blocks)).toContain('needs Entra ID P1');
    await signInsRead(store);
    await store.signIns.setProblem(problem);
    expect(texts(await answerTo(store, 'unused licenses'))[0]).toContain('read 23 Nov 02:40, and not since.');
  });

  it('within a scope are those of the users inside', async () => {
    await signInsRead(store);
    const answer = await answerTo(store, 'unused licenses', {}, new Set(['lee-gu', 'adele-vance']));
    expect(rows(answer).map(([name]) => name)).toEqual(['Lee Gu']);
  });
});

const LIST = 'product,price,currency\nSPE_E3,30,EUR\nVisio Plan 2,15,USD\n';

describe('what licenses cost', () => {
  it('is not invented: without prices there are seats, and how to give prices', async () => {
    const answer = await answerTo(store, 'how much do we spend on licenses');
    expect(answer.lead).toMatch(/^No price list yet/);
    expect(rows(answer)).toEqual([
      ['Microsoft 365 E3', '10', '6', '4 or more'],
      ['Visio Plan 2', '1 + 24 in trial', '1', '1 or more'],
      ['Power BI Pro', '0', '2', '0 or more'],
    ]);
    expect(texts(answer).join(' ')).toContain('PRICE_LIST');
  });

  it('is told by product, with what nobody uses, by currency', async () => {
    await signInsRead(store);
    const answer = await answerTo(store, 'license cost', pricesOf(LIST));
    expect(answer.lead).toBe(
      'EUR 300.00 and USD 15.00 a month for 11 seats; EUR 210.00 and USD 15.00 of it for seats that nobody uses.',
    );
    expect(rows(answer)[0]).toEqual([
      'Microsoft 365 E3',
      '10',
      '6',
      '7',
      'EUR 30.00',
      'EUR 300.00',
      'EUR 210.00',
    ]);
    const some = await answerTo(store, 'license cost', pricesOf('product,price,currency\nSPE_E3,30,EUR'));
    expect(texts(some).join(' ')).toContain('Not counted, for want of a price: Visio Plan 2.');
  });

  it('of one product', async () => {
    const answer = await answerTo(store, 'what do we spend on Visio', pricesOf(LIST));
    expect(answer.lead).toBe('USD 15.00 a month for 1 seat; USD 15.00 of it for seats that nobody uses.');
    expect(rows(answer)).toHaveLength(1);
  });

  it('by department is that of the people one may see', async () => {
    const answer = await answerTo(store, 'license cost by department', pricesOf(LIST));
    expect(answer.lead).toBe(
      '2 departments; the most is EUR 90.00 a month, for people without a department.',
    );
    expect(rows(answer)).toEqual([
      ['no department', '3', '3', 'EUR 90.00'],
      ['Sales', '3', '3', 'USD 15.00 and EUR 60.00'],
      ['R&D', '1', '1', 'EUR 30.00'],
    ]);
    const scoped = await answerTo(
      store,
      'license cost by department',
      pricesOf(LIST),
      new Set(['grady-archie']),
    );
    expect(rows(scoped)).toEqual([['R&D', '1', '1', 'EUR 30.00']]);
  });

  it('names the lines of the list that are wrong', async () => {
    const wrong = `${LIST}Visio Plan 2,16,USD\nSPE_E3,free,EUR\nExcel 97,5,EUR\n`;
    const answer = await answerTo(store, 'license cost', pricesOf(wrong));
    expect(texts(answer)[0]).toBe(
      'The price list is not used as a whole: line 5: the price must be a number such as 12.50, without a currency sign. line 4: Visio Plan 2 has a price already. line 6: the tenant has no product “Excel 97”.',
    );
  });
});

describe('what expires', () => {
  it('is told by what it means: a renewal is no loss', async () => {
    const answer = await answerTo(store, 'what expires in the next 30 days');
    expect(answer.lead).toBe(
      'In the next 30 days, or already: 1 subscription is switched off and users have lost it, 1 trial ends and 1 subscription renews automatically unless that was turned off.',
    );
    expect(rows(answer)).toEqual([
      [
        'Microsoft 365 E3',
        '8',
        'renews automatically unless turned off',
        '3 Dec 10:30',
        '4, if it does not renew',
      ],
      ['Visio Plan 2', '24', 'the trial ends', '13 Dec 10:30', 'none'],
      ['Power BI Pro', '5', 'switched off: users have lost it', '11 Feb 2027 10:30', 'they have lost it'],
    ]);
  });

  it('asked about with a date is only what falls before it', async () => {
    const answer = await answerTo(store, 'which subscriptions expire next week');
    expect(JSON.stringify(rows(answer))).not.toContain('Power BI');
  });

  it('of one product is all of its subscriptions, whenever they end', async () => {
    const answer = await answerTo(store, 'when does E3 expire');
    expect(rows(answer).map((row) => row.slice(1, 4))).toEqual([
      ['8', 'renews automatically unless turned off', '3 Dec 10:30'],
      ['2', 'renews automatically unless turned off', expect.stringContaining('2027')],
    ]);
  });

  it('carries nobody in its buttons, as everybody may read it', async () => {
    const { file } = await answerTo(store, 'will Rick’s license expire');
    expect(file).toMatchObject({ intent: 'expiring', people: [] });
  });
});

describe('a store that has never been filled', () => {
  it.each(['unused licenses', 'license cost', 'license cost by department', 'what expires soon'])(
    '%s is answered all the same',
    async (text) => {
      const empty = await anEmptyStore();
      const answer = await answerTo(empty, text, pricesOf(LIST));
      expect(answer.lead).not.toBe('');
      expect(tables(answer)).toEqual([]);
      await empty.close();
    },
  );
});
