import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationKind } from '../../../src/domain/ports.ts';
import { type Actor, CAST, CONVERSATIONS, from, PARTS, ROLE_OF } from '../authorization/cast.ts';
import { REFUSED, Stage } from '../authorization/stage.ts';
import { expectCleanLog } from '../hostile/sane-answer.ts';

const { operator, scoped } = CAST;
/** What Teams takes as the answer to an invoke. */
const LIMIT = 100_000;

type Found = { title: string; text: string; card: string };
type Answered = { status: number; type: string; text: string; found: Found[] };

const stage = new Stage();
beforeAll(async () => {
  await stage.start();
  stage.removeLee();
});
afterEach(() => expectCleanLog(stage.bot));
afterAll(() => stage.stop());

async function query(actor: Actor, where: ConversationKind, value: unknown): Promise<Answered> {
  const who = from(stage.bot, actor, where);
  const invoke = { type: 'invoke', name: 'composeExtension/query', text: undefined, value };
  const { status, text, said } = await stage.bot.send({ ...invoke, ...who });
  expect(said).toEqual([]);
  expect(text.length).toBeLessThan(LIMIT);
  const { composeExtension = {} } = JSON.parse(text);
  expect(['result', 'message']).toContain(composeExtension.type);
  return {
    status,
    type: composeExtension.type,
    text: composeExtension.text ?? '',
    found: (composeExtension.attachments ?? []).map(
      (attachment: { content: object; preview: { content: { title: string; text: string } } }) => ({
        title: attachment.preview.content.title,
        text: attachment.preview.content.text,
        card: JSON.stringify(attachment.content),
      }),
    ),
  };
}

const find = (actor: Actor, said: string, where: ConversationKind = 'personal') =>
  query(actor, where, {
    commandId: 'findPerson',
    parameters: [{ name: 'person', value: said }],
    queryOptions: { skip: 0, count: 25 },
  });

const names = ({ found }: Answered): string[] => found.map(({ title }) => title);

describe('the search for a person', () => {
  it.each([
    ['the beginning of a name', 'Meg', 'Megan Bowen'],
    ['words of a name', 'bow meg', 'Megan Bowen'],
    ['a sign-in name', 'zoe.mueller@contoso.com', 'Zoë Müller'],
    ['the beginning of one', 'zoe.mu', 'Zoë Müller'],
    ['a name without its accents', 'zoe mull', 'Zoë Müller'],
    ['other letters', 'MEGAN BOWEN', 'Megan Bowen'],
    ['a typing error', 'Megann Bowen', 'Megan Bowen'],
  ])('finds them by %s: %s', async (_name, said, name) => {
    expect(names(await find(operator, said))[0]).toBe(name);
  });

  it('shows what they have, by which path, since when, and what changed last', async () => {
    const { found } = await find(operator, 'rick@contoso.com');
    expect(found).toHaveLength(1);
    const [{ text = '', card = '' } = {}] = found;
    expect(text).toContain('rick@contoso.com – ');
    expect(card).toMatch(/Last change/);
    expect(card).toMatch(/lost Microsoft 365 Business Standard/);
    expect(card).toMatch(/Since: (?:before )?\d+ \w+/);
  });

  it('says on the card as of when it is and who showed it, and has no buttons', async () => {
    const [first] = (await find(operator, 'rick@contoso.com')).found;
    expect(first?.card).toMatch(
      /Licenses of Rick [\w ]+ as of \d+ \w+ \d\d:\d\d, Europe\/Amsterdam time, shown by Megan Bowen\./,
    );
    expect(first?.card).not.toMatch(/Action\.(Execute|Submit)"[^}]*"(ask|export)"/);
  });

  it.each([
    ['nothing is typed', [{ name: 'initialRun', value: 'true' }]],
    ['the words are empty', [{ name: 'person', value: '  ' }]],
    ['there are no parameters', undefined],
  ])('offers the people of the latest incidents when %s', async (_name, parameters) => {
    const answered = await query(operator, 'channel', { commandId: 'findPerson', parameters });
    expect(names(answered)).toHaveLength(5);
    expect(names(answered).join()).toMatch(/Rick/);
  });

  it('takes the names that the Agents Playground gives, which reads no manifest', async () => {
    const parameters = [{ value: 'rick' }];
    const answered = await query(operator, 'personal', { parameters });
    expect(names(answered)[0]).toMatch(/Rick/);
  });

  it('finds nobody by what nobody is called', async () => {
    const answered = await find(operator, 'Xyzzy Qwertyuiop');
    expect(answered).toMatchObject({ type: 'message', found: [] });
    expect(answered.text).toMatch(/I know nobody by this name/);
  });

  it('does not take the chat that it is made in for one of the bot’s', async () => {
    const known = await stage.store.conversations.all();
    const target = await stage.store.conversations.alertTarget();
    await query(operator, 'groupChat', { commandId: 'findPerson', parameters: [] });
    expect(await stage.store.conversations.all()).toEqual(known);
    expect(await stage.store.conversations.alertTarget()).toEqual(target);
  });
});

describe('who may search', () => {
  const CELLS = PARTS.flatMap((part) => CONVERSATIONS.map((where) => ({ part, where })));

  it.each(CELLS)('$part in $where', async ({ part, where }) => {
    // Zoë is of the unit of the scoped operator.
    const answered = await find(CAST[part], 'Zoë Müller', where);
    expect(answered.status).toBe(200);
    if (ROLE_OF[part] === 'none') {
      expect(answered).toMatchObject({ type: 'message', found: [] });
      expect(answered.text).toMatch(REFUSED);
    } else {
      expect(names(answered)[0]).toBe('Zoë Müller');
    }
  });

  it.each(['Rick', 'rick@contoso.com', 'Rikc', 'Anna-Sophia', 'Megan'])(
    'an operator of a unit is told of %s as of somebody who is not there',
    async (said) => {
      const outside = await find(scoped, said);
      expect(outside.found.map(({ card }) => card).join()).not.toMatch(/rick|konstantinopoulou|megan/i);
      expect(names(outside).join()).not.toMatch(/Rick|Anna-Sophia|Megan/);
    },
  );

  it('an operator of a unit is offered its people only', async () => {
    const answered = await query(scoped, 'personal', { commandId: 'findPerson' });
    expect(names(answered).toSorted()).toEqual(['Wei Zhang', 'Zoë Müller']);
  });

  it('nobody of another tenant', async () => {
    const fields = {
      channelData: { tenant: { id: '99999999-0000-4000-8000-000000000001' } },
      conversation: { id: 'elsewhere', conversationType: 'personal', tenantId: 'another' },
    };
    const value = { commandId: 'findPerson', parameters: [{ name: 'person', value: 'Rick' }] };
    const { text } = await stage.bot.send({
      ...{ type: 'invoke', name: 'composeExtension/query', text: undefined, value },
      ...fields,
    });
    expect(text).toMatch(REFUSED);
    expect(text).not.toMatch(/Oosterhout/);
  });
});

describe('a search that Teams would not make', () => {
  const person = (value: unknown) => ({ commandId: 'findPerson', parameters: [{ name: 'person', value }] });
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'Rick'],
    ['a list', []],
    ['parameters of another type', { commandId: 'findPerson', parameters: 'Rick' }],
    ['a word of another type', person({ $ne: null })],
    ['a list of words', person(['Rick', 'Megan'])],
    ['huge words', person('Rick '.repeat(10_000))],
    [
      'very many parameters',
      { commandId: 'findPerson', parameters: Array(1_000).fill({ name: 'x', value: 'y' }) },
    ],
  ])('is answered with a sentence: %s', async (_name, value) => {
    const answered = await query(operator, 'personal', value);
    expect(answered).toMatchObject({ status: 200, type: 'message', found: [] });
    expect(answered.text).toMatch(/I cannot search for this/);
  });

  it.each([
    "' OR 1=1 --",
    '%',
    '*',
    '__proto__',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the templating library.
    '${$data[0]}',
    '<at>everyone</at>',
    '\u0000\u202e',
    '👩‍👩‍👧‍👦',
    '山田',
  ])('finds nobody by %j', async (said) => {
    const answered = await find(operator, said);
    expect(answered).toMatchObject({ status: 200, type: 'message', found: [] });
  });

  it.each([7, true])('takes %j for a word', async (value) => {
    expect(await query(operator, 'personal', person(value))).toMatchObject({ status: 200 });
  });
});
