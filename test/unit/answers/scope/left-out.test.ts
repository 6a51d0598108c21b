import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../../src/domain/ports.ts';
import { writes } from '../../../../src/language/facts.ts';
import { ask, aWatchedTenant } from '../a-watched-tenant.ts';
import { ONE_OF_EACH } from '../one-of-each.ts';

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

const answerTo = async (text: string) => (await ask(store, text)).answer;

/** The lead and all texts and rows of an answer. */
const said = async (text: string): Promise<string> => {
  const { lead, blocks } = await answerTo(text);
  return JSON.stringify([lead, blocks]);
};

describe('a part of a question that the answer does not use is said', () => {
  it.each<[string, RegExp]>([
    ['free seats in Germany', /I did not use “in Germany”: this counts the whole tenant\./],
    ['free seats of E3 last week', /I did not use the time from .*: this is how things are now\./],
    ['free seats except Adele', /I did not use “except the person”/],
    ['which subscriptions expire in the Finance department', /I did not use “in the Finance department”/],
    ['who has E3 last week', /I did not use the time from .*: this is how things are now\./],
    ['licenses of Rick last week', /this is how things are now/],
    ['free seats by country', /I did not use “by country”: I cannot split this answer that way/],
    [
      'lost licenses except the interns',
      /I did not use “except the interns”: I do not know who or what that is/,
    ],
    ['open incidents yesterday', /I did not use the time/],
    ['who has Visio in narnia', /I did not use “narnia”: I do not understand it here\./],
    ['licenses of everybody in building 5', /I did not use “building 5”/],
    ['users without license called Bobson', /I did not use “Bobson”/],
    ['difference between E3 and Business Standard for the Netherlands', /I did not use “in Netherlands”/],
    [
      'turn off Teams for Rick until Friday',
      /I (?:cannot|did not) use “until Friday 27 November”: I do this once, now, and not for a time/,
    ],
    ['audit log of Adele for E3', /I did not use “.*E3”: this is not kept by product/],
  ])('%s', async (text, sentence) => {
    expect(await said(text)).toMatch(sentence);
  });

  it.each([
    'free seats',
    'free seats of E3',
    'who has E3',
    'lost licenses last week',
    'lost licenses of LIC-M365-E3',
    'history of Rick since Monday',
    'who changed Rick’s license yesterday',
    'open incidents of Adele',
    'unused licenses for 90 days',
    'license cost by department',
    'license errors in LIC-M365-E3',
    'status',
    'help',
    'snooze Visio until Friday: known migration',
    'assign Visio to Rick',
    'who has E3 in total',
    'license overview per user',
    'wer hat im Moment E3',
  ])('nothing is in “%s”', async (text) => {
    expect(await said(text)).not.toContain('I did not use');
  });
});

describe('what narrows a question down is applied', () => {
  it('a department and a country', async () => {
    expect(await said('who has E3 in the Nowhere department')).toContain(
      'I know nobody in the department “Nowhere”',
    );
    expect(await said('who has E3 in Germany')).toMatch(/Nobody here has Germany as usage location/);
    expect(await said('who has E3 in the Netherlands')).toContain('Only people in Netherlands: ');
  });

  it('a department that is no department, also with a small word in its name', async () => {
    const unknown = 'and no group of that name that gives a license';
    for (const text of ['licenses of everybody in All Sales', 'wer hat im Einkauf keine Lizenz']) {
      const answer = await answerTo(text);
      expect(answer.lead, text).toContain(unknown);
      expect(answer.blocks, text).toEqual([]);
    }
  });

  it('somebody who is left out', async () => {
    expect(await said('who has E3')).toContain('Adele');
    const without = await said('who has E3 but not Adele');
    expect(without).toContain('Only people except Adele Vance: ');
    expect(without).not.toContain('adelev@');
  });

  it('a product that they do not have, and two that they have both', async () => {
    expect(await said('who has E3')).toContain('Adele');
    expect(await said('who has E3 but not Visio')).toContain('Only people without Visio Plan 2: ');
    expect(await said('users with both E3 and Visio')).toMatch(
      /Only people with both|Nobody fits all of that/,
    );
  });

  it('a group, as those who have a license by it', async () => {
    const all = await answerTo('lost licenses');
    const ofGroup = await answerTo('lost licenses of LIC-M365-E3');
    expect(ofGroup.lead).toContain('LIC-M365-E3');
    expect(ofGroup.lead).not.toBe(all.lead);
    expect(await said('who has E3 in LIC-M365-E3')).toContain('Only people with a license by LIC-M365-E3: ');
  });

  it('how many rows are wanted', async () => {
    const { answer } = await ask(store, 'what changed this month, first 1');
    expect(answer.paging?.size ?? 1).toBe(1);
  });

  it('also in the file of the list', async () => {
    const { file } = await answerTo('who has E3 but not Visio');
    expect(file?.narrowing?.except?.skus).toHaveLength(1);
    const { request } = await answerTo('export who has E3 in the Netherlands');
    expect(request).toMatchObject({ kind: 'export', request: { narrowing: { countries: ['NL'] } } });
  });
});

describe('a request of which a part would be left out is not offered', () => {
  it.each<[string, RegExp]>([
    ['remove Visio from Bo until Friday', /I do this once, now, and not for a time/],
    ['take Visio away from Bo for 3 days', /I do this once, now, and not for a time/],
    ['remove Visio from Bo but not Adele', /“except Adele Vance”/],
    ['remove Visio from Bo if he does not use it', /“if he does not use it”/],
    ['remove E3 from Adele and assign it to Rick', /“assign”/],
    ['remove E3 from Adele tomorrow', /not for a time/],
    ['entferne Visio von Bo, falls er es nicht braucht', /“falls er es nicht braucht”/],
    ['keep an eye on Adele until Friday', /not for a time/],
    ['post alerts in this channel except Visio', /“except Visio/],
    ['scan now except Adele', /“except /],
    ['snooze Visio until Friday except Adele: known', /“except Adele Vance”/],
    ['end rule 2 if it is old', /“if it is old”/],
  ])('%s', async (text, why) => {
    const { lead, request, blocks } = await answerTo(text);
    expect(lead).toMatch(/I have not done that\.|There is no rule 2/);
    if (lead.startsWith('I have')) expect(lead).toMatch(why);
    expect(request).toBeNull();
    expect(blocks.some(({ kind }) => kind === 'choices')).toBe(false);
  });

  it('says what can be done instead', async () => {
    const { next } = await answerTo('remove Visio from Bo until Friday');
    expect(next).toHaveLength(1);
    expect((await answerTo(next[0] ?? '')).request?.kind).toBe('change-licenses');
  });

  it.each([
    'remove Visio from Bo',
    'please take Visio away from Bo if possible',
    'remove Visio from Bo because he left',
    'snooze Visio until Friday: known migration',
    'keep an eye on Adele',
  ])('“%s” is', async (text) => {
    expect((await answerTo(text)).request).not.toBeNull();
  });
});

describe('whatever is asked, a filter that cannot be used is said', () => {
  const SAYS_NOTHING = ['help', 'small-talk', 'unknown'];

  it.each(ONE_OF_EACH)('%s, except the interns', async (text) => {
    const { answer } = await ask(store, `${text} except the interns`);
    if (SAYS_NOTHING.includes(answer.intent)) return;
    const all = JSON.stringify([answer.lead, answer.blocks]);
    // A request that nothing can come of offers nothing either.
    const isOffer = answer.request !== null || answer.file !== undefined;
    if (isOffer || !/no open incident|Nobody|Which|no rule|not being watched|not snoozed/i.test(answer.lead))
      expect(all, all).toContain('except the interns');
    if (writes(answer.intent)) expect(answer.request, answer.lead).toBeNull();
  });

  it.each([
    ['when was the last scan of E3', 'E3'],
    ['are the logs complete for E3', 'E3'],
    ['show standing rules about Visio', 'Visio'],
    ['scan now for LIC-M365-E3', 'LIC-M365-E3'],
    ['post alerts here about Adele', 'Adele'],
  ])('%s', async (text, said) => {
    const { answer } = await ask(store, text);
    expect(JSON.stringify([answer.lead, answer.blocks])).toMatch(
      new RegExp(`I (?:did not|cannot) use “${said}”: this answer is the same for everybody`),
    );
    expect(answer.request).toBeNull();
  });
});
