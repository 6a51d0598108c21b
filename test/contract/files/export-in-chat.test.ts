import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '../../../src/domain/durations.ts';
import { CAST } from '../authorization/cast.ts';
import { REFUSED, saidTo } from '../authorization/stage.ts';
import { FileStage, linkIn, offerIn } from './file-stage.ts';

const { operator, reader, scoped, nobody, removed } = CAST;
const GONE = /I do not know this file any more/;

const stage = new FileStage();
beforeAll(async () => {
  await stage.start();
});
afterEach(() => stage.drive.reset());
afterAll(() => stage.stop());

/** The numbers of the sentences, which the log must have too. */
function expectInLog(sentence: string): void {
  const [, reference = 'none'] = /The number (\w+) finds it in my log/.exec(sentence) ?? [];
  expect(stage.bot.logged.join('')).toContain(`"reference":"${reference}"`);
}

describe('a list as a file', () => {
  it('is offered with its size, and arrives byte by byte when it is allowed', async () => {
    const offer = await stage.offered(operator, 'export lost licenses this week');
    expect(offer.name).toMatch(/^lost-licenses-\d{4}-\d\d-\d\d-\d{4}\.csv$/);
    expect(offer.content.description).toContain('5 rows');
    const told = await stage.toldLater(() => stage.consent(operator, 'accept', offer));
    expect(linkIn(told)).toContain(offer.name);
    expect(told.text ?? '').not.toContain('archive');
    const text = stage.drive.content.toString();
    expect(stage.drive.received).toBe(offer.content.sizeInBytes);
    expect(text).toMatch(/^\uFEFFid,seen_before,/);
    expect(text.trimEnd().split('\r\n')).toHaveLength(6);
    expect(text).toContain('rick@contoso.com');
    expect(stage.bot.logged.join('')).not.toContain('uploadSession');
  });

  it.each([
    ['export who has Visio', /^users-of-products-.*\.csv$/],
    ['export the history of Rick as ndjson', /^license-changes-.*\.ndjson$/],
    ['export free seats', /^seats-.*\.csv$/],
    ['export licenses unused for 30 days', /^unused-licenses-.*\.csv$|empty/],
    ['export open incidents', /^open-incidents-.*\.csv$/],
    ['export guests with licenses as json', /^guests-with-licenses-.*\.ndjson$|empty/],
  ])('is one of many: %s', async (text, name) => {
    const { said } = await stage.say(operator, 'personal', text);
    expect(offerIn(said)?.name ?? JSON.stringify(said)).toMatch(name);
  });

  it('is offered by the button under an answer', async () => {
    const { said } = await stage.say(operator, 'personal', 'lost licenses this week');
    const actions: { title: string; verb: string; data: object }[] = JSON.parse(JSON.stringify(said[0]))
      .attachments[0].content.actions;
    const button = actions.find(({ title }) => title === 'Export');
    const pressed = await stage.press(operator, 'personal', button?.verb ?? '', button?.data ?? {});
    expect(offerIn(pressed.said)?.content.description).toContain('5 rows');
  });

  it.each(['channel', 'groupChat'] as const)('has no button under an answer in a %s', async (where) => {
    const shown = await stage.say(operator, where, 'free seats');
    expect(saidTo(shown)).toContain('AdaptiveCard');
    expect(saidTo(shown)).not.toContain('"verb":"export"');
  });

  it('is not made when it is declined', async () => {
    const offer = await stage.offered(operator, 'export free seats');
    const { status, said } = await stage.consent(operator, 'decline', offer);
    expect(status).toBe(200);
    expect(said).toMatchObject([{ text: 'All right, I made no file.' }]);
    expect(saidTo(await stage.consent(operator, 'accept', offer))).toMatch(GONE);
    expect(stage.drive.ranges).toEqual([]);
  });

  it('is handed out once', async () => {
    const offer = await stage.offered(operator, 'export free seats');
    await stage.toldLater(() => stage.consent(operator, 'accept', offer));
    expect(saidTo(await stage.consent(operator, 'accept', offer))).toMatch(GONE);
    expect(stage.drive.ranges).toHaveLength(1);
  });

  it('is given to nobody else, who learns nothing of it, and still to whom it was offered', async () => {
    const offer = await stage.offered(operator, 'export free seats');
    for (const other of [reader, scoped]) {
      for (const action of ['accept', 'decline'] as const) {
        expect(saidTo(await stage.consent(other, action, offer))).toMatch(GONE);
      }
    }
    expect(saidTo(await stage.consent(nobody, 'accept', offer))).toMatch(REFUSED);
    expect(stage.drive.ranges).toEqual([]);
    const told = await stage.toldLater(() => stage.consent(operator, 'accept', offer));
    expect(linkIn(told)).toContain(offer.name);
  });

  it('is forgotten after an hour', async () => {
    const offer = await stage.offered(operator, 'export free seats');
    stage.advance(HOUR_MS);
    expect(saidTo(await stage.consent(operator, 'accept', offer))).toMatch(GONE);
    expect(stage.drive.ranges).toEqual([]);
  });

  it.each(['channel', 'groupChat'] as const)(
    'is not offered in a %s, which is told where it is',
    async (where) => {
      const told = saidTo(await stage.say(operator, where, 'export free seats'));
      expect(told).toContain('only in the personal chat');
      expect(told).toContain('https://teams.microsoft.com/l/chat/0/0?users=28%3A');
      expect(told).not.toContain('file.consent');
    },
  );

  it('holds for whoever sees some users only these users', async () => {
    const offer = await stage.offered(scoped, 'export lost licenses this week');
    expect(offer.content.description).toContain('2 rows');
    await stage.toldLater(() => stage.consent(scoped, 'accept', offer));
    expect(stage.drive.content.toString()).toMatch(/zoe\.mueller@contoso\.com/);
    expect(stage.drive.content.toString()).not.toMatch(/rick@contoso|jose\.alvarez|konstantinopoulou/i);
  });

  it.each([
    { intent: 'lost-licenses' },
    { intent: 'history' },
    { intent: 'user-licenses' },
    { intent: 'audit-on' },
    { intent: 'decisions' },
  ])('tells by a forged button of nobody outside: $intent', async (over) => {
    const rick = await stage.idOf('rick@contoso.com');
    const data = {
      people: [rick],
      skus: [],
      groups: [],
      range: { from: 0, to: stage.now() },
      format: 'csv',
      ...over,
    };
    const pressed = await stage.press(scoped, 'personal', 'export', data);
    expect(offerIn(pressed.said)).toBeNull();
    expect(saidTo(pressed)).toContain('The list is empty');
  });

  it('needs the role still when it is allowed', async () => {
    const offer = await stage.offered(removed, 'export free seats');
    stage.removeLee();
    expect(saidTo(await stage.consent(removed, 'accept', offer))).toMatch(REFUSED);
    expect(stage.drive.ranges).toEqual([]);
  });
});

describe('a file that cannot be put', () => {
  it.each([
    ['https://evil.example/upload', /isn’t Microsoft’s storage/],
    ['https://contoso-my.sharepoint.com.evil.example/x', /isn’t Microsoft’s storage/],
    ['http://10.0.0.1/x', /isn’t Microsoft’s storage/],
  ])('anywhere but in Microsoft’s storage is not sent: %s', async (uploadUrl, sentence) => {
    const offer = await stage.offered(operator, 'export free seats');
    const info = { uploadUrl, contentUrl: uploadUrl, name: 'x.csv', uniqueId: 'x', fileType: 'csv' };
    const { text = '' } = await stage.toldLater(() =>
      stage.consent(operator, 'accept', offer, { uploadInfo: info }),
    );
    expect(text).toMatch(sentence);
    expectInLog(text);
    expect(stage.drive.ranges).toEqual([]);
  });

  it('does not become a link to another place', async () => {
    const offer = await stage.offered(operator, 'export free seats');
    const info = {
      uploadUrl: stage.drive.url,
      contentUrl: 'https://evil.example/phish',
      name: 'x.csv',
      uniqueId: 'x',
      fileType: 'csv',
    };
    const told = await stage.toldLater(() => stage.consent(operator, 'accept', offer, { uploadInfo: info }));
    expect(JSON.stringify(told)).not.toContain('evil.example');
    expect(told.text).toMatch(/is in your OneDrive/);
  });

  it.each([
    [403, /OneDrive did not take the file/],
    [404, /is gone. Please ask for the file again/],
    [507, /has no room/],
  ])('is told with what to do, and a number: %i', async (status, sentence) => {
    const offer = await stage.offered(operator, 'export free seats');
    stage.drive.faults = [{ status }];
    const { text = '' } = await stage.toldLater(() => stage.consent(operator, 'accept', offer));
    expect(text).toMatch(sentence);
    expect(text).not.toContain('secret');
    expectInLog(text);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'accept'],
    ['a list', ['accept']],
    ['another action', { action: 'steal', context: { fileId: 'x' } }],
    ['no context', { action: 'accept' }],
    ['a context of another type', { action: 'accept', context: 'x' }],
    ['an id of another type', { action: 'decline', context: { fileId: { $ne: null } } }],
    ['a huge id', { action: 'decline', context: { fileId: 'x'.repeat(100_000) } }],
    ['no place', { action: 'accept', context: { fileId: 'x' } }],
    ['a place of another type', { action: 'accept', context: { fileId: 'x' }, uploadInfo: { uploadUrl: 7 } }],
    ['a prototype', JSON.parse('{"__proto__":{"action":"accept"},"context":{"fileId":"__proto__"}}')],
  ])('because the answer is %s, is not made', async (_name, value) => {
    const { status, said } = await stage.invoke(operator, 'fileConsent/invoke', value);
    expect(status).toBe(200);
    expect(said.map(({ text }) => text).join()).toMatch(/cannot read this answer/);
  });
});
