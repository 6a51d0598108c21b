import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_PAGE } from '../../../src/answers/answer/paging.ts';
import type { RoleFacts } from '../../../src/answers/answer/role-facts.ts';
import { createAskWithQuery } from '../../../src/answers/ask.ts';
import { type Access, NO_ACCESS } from '../../../src/domain/access/access.ts';
import type { Scope } from '../../../src/domain/access/scope.ts';
import type { Store } from '../../../src/domain/ports.ts';
import type { RightsAsked } from '../../../src/language/query.ts';
import { aQuery } from '../../builders/query.ts';
import { askQuery, aWatchedTenant, NOW } from './a-watched-tenant.ts';
import { rowsOf } from './rows-of.ts';

const OPERATOR: Access = { role: 'operator', sees: null, acts: new Set(['bo']) };
const READER: Access = { role: 'reader', sees: null, acts: new Set() };

const FACTS: RoleFacts = {
  unrestricted: false,
  accessOf: async (id) => ({ adele: OPERATOR, rick: READER })[id] ?? NO_ACCESS,
  holdersOf: async (role) =>
    role === 'Global Administrator' ? { ids: ['rick', 'gone'], more: false } : null,
  sources: async () => [
    {
      role: 'owner',
      by: 'the group Owners',
      over: null,
      setting: 'OWNER_GROUP_ID',
      holders: { ids: [], more: false },
    },
    {
      role: 'operator',
      by: 'the group Berlin',
      over: 'the administrative unit Berlin (1 user)',
      setting: 'SCOPED_OPERATORS',
      holders: { ids: ['adele'], more: false },
    },
    { role: 'reader', by: 'the group Readers', over: null, setting: 'READER_GROUP_ID', holders: null },
  ],
};

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
});
afterEach(() => store.close());

async function asks(
  userId: string,
  rights: RightsAsked | null,
  { people = [], sees = null, facts = FACTS }: { people?: string[]; sees?: Scope; facts?: RoleFacts } = {},
) {
  const ask = createAskWithQuery({
    store,
    now: () => NOW,
    timeZone: 'UTC',
    incidentView: async () => null,
    roles: facts,
  });
  const query = aQuery({ intent: 'roles', people, ...(rights ? { rights } : {}) });
  const asked = { page: FIRST_PAGE, query };
  return (await ask('as before', { userId, timeZone: null, sees, acts: sees }, asked)).answer;
}

describe('what may I do', () => {
  it('says the role, what it may, whom it acts on and what gives it', async () => {
    const answer = await asks('adele', { mine: true });
    expect(answer.lead).toMatch(/^You are an operator: you may ask, .+; also approve, reassign/);
    expect(answer.lead).not.toContain('standing rules');
    expect(answer.blocks).toContainEqual({
      kind: 'facts',
      facts: [
        { label: 'Role', value: 'Operator' },
        { label: 'You see', value: 'everybody' },
        { label: 'You act on', value: '1 user' },
        {
          label: 'Given by',
          value: 'the group Berlin (operator over the administrative unit Berlin (1 user))',
        },
      ],
    });
  });

  it.each([
    ['adele', 'operator', 'Yes: you are an operator.'],
    ['rick', 'operator', 'No: that takes an operator, and you are a reader.'],
    ['adele', 'owner', 'No: that takes an owner, and you are an operator.'],
    ['ines', 'reader', 'No: that takes a reader, and you are somebody without a role.'],
  ] as const)('%s, of what takes %s: %s', async (who, needed, lead) => {
    expect((await asks(who, { mine: true, for: needed })).lead).toBe(lead);
  });

  it('says that Microsoft could not say all of it', async () => {
    const facts = { ...FACTS, accessOf: async () => ({ ...READER, unread: true as const }) };
    expect(JSON.stringify((await asks('rick', { mine: true }, { facts })).blocks)).toContain(
      'could not say all of it',
    );
  });
});

describe('who may do what', () => {
  it('lists each setting with the role, its unit and who is in it', async () => {
    const answer = await asks('rick', null);
    expect(answer.lead).toBe('3 settings give a role here.');
    expect(rowsOf(answer.blocks)).toEqual([
      ['Owner', 'the group Owners (OWNER_GROUP_ID)', 'nobody'],
      [
        'Operator over the administrative unit Berlin (1 user)',
        'the group Berlin (SCOPED_OPERATORS)',
        'Adele Vance',
      ],
      ['Reader', 'the group Readers (READER_GROUP_ID)', 'Microsoft cannot say now'],
    ]);
  });

  it('lists only the roles that suffice for a deed', async () => {
    const answer = await asks('rick', { for: 'operator' });
    expect(answer.lead).toBe('Operators, or more: Adele Vance.');
    expect(rowsOf(answer.blocks)).toHaveLength(2);
  });

  it('counts whom the asker may not see, without a name', async () => {
    const answer = await asks('rick', null, { sees: new Set(['bo']) });
    expect(JSON.stringify(answer)).not.toContain('Adele');
    expect(rowsOf(answer.blocks)[1]?.[2]).toBe('1 account');
  });

  it('says that nobody decides where no role is set', async () => {
    const facts = { ...FACTS, unrestricted: true, sources: async () => [] };
    const answer = await asks('rick', null, { facts });
    expect(answer.lead).toContain('nobody may decide');
    expect(JSON.stringify(answer.blocks)).toContain('OPERATOR_GROUP_ID');
  });

  it('answers of a person yes or no first', async () => {
    const answer = await asks('rick', { for: 'operator' }, { people: ['adele'] });
    expect(answer.lead).toBe('Yes: Adele Vance is an operator.');
  });
});

describe('who is global admin', () => {
  it('names whom the asker may see, counts the others, and says what it cannot know', async () => {
    const answer = await asks('rick', { directoryRole: 'Global Administrator' });
    expect(answer.lead).toBe('2 accounts hold the role Global Administrator.');
    expect(JSON.stringify(answer.blocks)).toContain('Rick van Oosterhout and 1 other');
    expect(JSON.stringify(answer.blocks)).toContain('Privileged Identity Management');
  });

  it('says what permission is missing where it cannot be read', async () => {
    expect((await asks('rick', { directoryRole: 'Billing Administrator' })).lead).toContain(
      'RoleManagement.Read.Directory',
    );
  });
});

describe('in the terminal', () => {
  it('says that roles are asked for in Teams', async () => {
    const { answer } = await askQuery(store, aQuery({ intent: 'roles' }));
    expect(answer.lead).toMatch(/^Here I cannot know who has which role/);
  });
});
