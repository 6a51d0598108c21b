import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/answers/answer/answer.ts';
import { NOTHING_TOLD } from '../../../src/answers/answer/spend-facts.ts';
import { type AskedBy, createAskWithQuery } from '../../../src/answers/ask.ts';
import { exportLines } from '../../../src/answers/export/request.ts';
import type { Store } from '../../../src/domain/ports.ts';
import {
  aDeletedFile,
  aFailedSignIn,
  anActivityRecord,
  anOpenedMailbox,
} from '../../builders/audit/activity-record.ts';
import { ADELE, at, aWatchedTenant, NOW, RICK } from './a-watched-tenant.ts';

const [adele, rick] = [ADELE.userPrincipalName, RICK.userPrincipalName];

const RECORDS = [
  aDeletedFile({ by: adele, at: at('20T09:00') }, 'Budget.xlsx', 'Finance'),
  aDeletedFile({ by: adele, at: at('22T09:00') }, 'Plan.docx', 'HR'),
  aDeletedFile({ by: rick, at: at('22T10:00') }, 'Salaries.pdf', 'Finance'),
  aFailedSignIn({ by: rick, at: at('22T22:00') }, '198.51.100.9'),
  anOpenedMailbox({ by: rick, at: at('21T10:00') }, adele),
  anActivityRecord(at('21T11:00'), {
    Operation: 'SomethingNewHappened',
    Workload: 'SharePoint',
    UserId: rick,
    SiteUrl: 'https://fabrikam.sharepoint.example/sites/HR/',
  }),
];

let store: Store;
beforeEach(async () => {
  store = await aWatchedTenant();
  await store.audit.append(RECORDS, NOW);
});
afterEach(() => store.close());

const AUDITOR: AskedBy = { userId: 'ines', timeZone: null, sees: null, acts: null, mayAudit: 'yes' };

async function ask(text: string, by: Partial<AskedBy> = {}): Promise<Answer> {
  const interpret = () => Promise.reject(new Error('a model was asked'));
  const asking = createAskWithQuery({
    store,
    search: store.search,
    interpret,
    now: () => NOW,
    timeZone: 'UTC',
    incidentView: async () => null,
  });
  return (await asking(text, { ...AUDITOR, ...by })).answer;
}

const told = ({ blocks }: Answer): string[] =>
  blocks.flatMap((block) => (block.kind === 'timeline' ? block.entries.map(({ what }) => what) : []));

describe('a question about audit records of any kind', () => {
  it.each([
    {
      text: 'who deleted files yesterday',
      lead: '2 audit records of deleted files from 22 Nov 00:00 to 23 Nov 00:00, by Rick van Oosterhout and Adele Vance.',
      entries: ['Rick van Oosterhout deleted Salaries.pdf', 'Adele Vance deleted Plan.docx'],
    },
    {
      text: 'who deleted the files from the Finance share',
      lead: '2 audit records of deleted files on the site Finance from 16 Nov 10:30 to 23 Nov 10:30, by Rick van Oosterhout and Adele Vance.',
      entries: ['Rick van Oosterhout deleted Salaries.pdf', 'Adele Vance deleted Budget.xlsx'],
    },
    {
      text: 'failed sign-ins of Rick last night',
      lead: '1 audit record of failed sign-ins about Rick van Oosterhout from 22 Nov 18:00 to 23 Nov 00:00, by Rick van Oosterhout.',
      entries: ['Rick van Oosterhout could not sign in'],
    },
    {
      text: 'what happened on the site HR',
      lead: '2 audit records on the site HR from 16 Nov 10:30 to 23 Nov 10:30, by Adele Vance and Rick van Oosterhout.',
      entries: ['Adele Vance deleted Plan.docx', 'Rick van Oosterhout did: Something new happened, on HR'],
    },
    {
      text: "who opened Adele's mailbox",
      lead: '1 audit record of opened mail in the mailbox of Adele Vance from 16 Nov 10:30 to 23 Nov 10:30, by Rick van Oosterhout.',
      entries: ['Rick van Oosterhout opened mail in the mailbox of Adele Vance'],
    },
    {
      text: 'who shared outside since Thursday',
      lead: 'No audit record of sharing with people outside from 19 Nov 00:00 to 23 Nov 10:30.',
      entries: [],
    },
  ])('answers “$text”', async ({ text, lead, entries }) => {
    const answer = await ask(text);
    expect(answer.lead).toBe(lead);
    expect(told(answer)).toEqual(entries);
  });

  it('counts by day, in the asker’s time zone, and says how often each acted', async () => {
    const answer = await ask('who deleted files', { timeZone: 'Pacific/Auckland' });
    const chart = answer.blocks.find((block) => block.kind === 'chart');
    expect(chart?.bars.map(({ label, parts }) => [label, parts[0]?.value ?? 0])).toEqual([
      ['20 Nov', 1],
      ['21 Nov', 0],
      ['22 Nov', 2],
      ['23 Nov', 0],
    ]);
    expect(answer.blocks).toContainEqual({
      kind: 'facts',
      facts: [{ label: 'Who', value: 'Adele Vance (2) and Rick van Oosterhout (1)' }],
    });
  });

  it('asks which person is meant where nobody has the name', async () => {
    expect((await ask('failed sign-ins of Bobby Unknownson yesterday')).lead).toContain('Bobby Unknownson');
  });

  it('is for auditors, in the personal chat, and is not searched for others', async () => {
    const asked = 'who deleted files yesterday';
    expect((await ask(asked, { mayAudit: 'no' })).lead).toMatch(/^Only auditors can search/);
    expect((await ask(asked, { mayAudit: 'elsewhere' })).lead).toMatch(/personal chat with me only/);
    expect(await store.search.notes(5)).toEqual([]);
  });

  it('keeps to the people that the asker sees, by actor, target and mailbox', async () => {
    const scope = { sees: new Set(['rick']) };
    expect(told(await ask('who deleted files', scope))).toEqual(['Rick van Oosterhout deleted Salaries.pdf']);
    expect(told(await ask('what happened on the site HR', scope))).toEqual([
      'Rick van Oosterhout did: Something new happened, on HR',
    ]);
    expect(told(await ask('which mailboxes did Rick open', scope))).toEqual([]);
  });

  it('notes who searched, for which person, and what was found', async () => {
    await ask("who opened Adele's mailbox");
    expect(await store.search.notes(5)).toEqual([
      {
        at: NOW,
        by: 'ines',
        asked: 'opened mail in the mailbox of Adele Vance from 16 Nov 2026 10:30 to 23 Nov 2026 10:30 UTC',
        people: ['adele'],
        found: 1,
      },
    ]);
  });

  it('shows nobody but auditors what somebody did besides licenses', async () => {
    expect((await ask('what did Rick do last week', { mayAudit: 'yes' })).lead).not.toMatch(
      /^No audit record/,
    );
    const answer = await ask('what did Rick do last week', { mayAudit: 'no' });
    expect(answer.lead).toMatch(/^No audit record/);
    expect(JSON.stringify(answer)).not.toContain('Salaries');
  });

  it('shows one record with Microsoft’s own names and values, to auditors who may see it', async () => {
    const id = RECORDS[4]?.event.id ?? '';
    const answer = await ask(`record ${id}`);
    expect(answer.lead).toMatch(/Rick van Oosterhout opened mail in the mailbox of Adele Vance\.$/);
    const rows = answer.blocks.flatMap((block) => (block.kind === 'table' ? block.rows : []));
    expect(rows).toContainEqual(['Operation', 'MailItemsAccessed']);
    expect(rows).toContainEqual(['OperationProperties[0].Value', 'Bind']);
    expect((await store.search.notes(1))[0]).toMatchObject({ asked: `record ${id}`, found: 1 });
    expect((await ask(`record ${id}`, { sees: new Set(['rick']) })).lead).toMatch(
      /^There is no audit record/,
    );
    expect((await ask(`record ${id}`, { mayAudit: 'no' })).lead).toMatch(/^Only auditors/);
    expect((await ask(`record ${id}`, { mayAudit: 'elsewhere' })).lead).toMatch(/personal chat/);
  });
});

describe('the export of a search in audit records', () => {
  const audit = (over: object = {}) => ({
    store: store.search,
    mayAudit: 'yes' as const,
    sees: null,
    asker: 'ines',
    ...over,
  });
  async function fileOf(text: string, facilities: ReturnType<typeof audit> | null): Promise<string> {
    const { request } = await ask(text);
    if (request?.kind !== 'export') throw new Error('no file is offered');
    const circumstances = { now: NOW, spend: NOTHING_TOLD, ...(facilities ? { audit: facilities } : {}) };
    let file = '';
    for await (const part of exportLines(store, request.request, circumstances)) file += part.text;
    return file;
  }

  it.each([
    { text: 'export failed sign-ins of Rick since Thursday', lines: [/could not sign in.*198\.51\.100\.9/] },
    { text: 'exportiere gelöschte Dateien auf der Site Finance', lines: [/Salaries\.pdf/, /Budget\.xlsx/] },
    { text: "who opened Adele's mailbox as csv", lines: [/opened mail.*MailItemsAccessed/] },
  ])('“$text” has plain columns', async ({ text, lines }) => {
    const [columns, ...rows] = (await fileOf(text, audit())).trim().split(/\r?\n/);
    expect(columns).toMatch(
      /at,what,operation,workload,actor,actor_id,target,mailbox_owner,site,client_ip,client/,
    );
    expect(rows).toHaveLength(lines.length);
    for (const [index, line] of lines.entries()) expect(rows[index]).toMatch(line);
  });

  it('is noted: who, what, when and how much', async () => {
    await fileOf('export deleted files on the site Finance', audit());
    expect((await store.search.notes(1))[0]).toEqual({
      at: NOW,
      by: 'ines',
      asked: expect.stringMatching(/^export: deleted files on the site Finance from 16 Nov 2026/),
      people: [],
      found: 2,
    });
  });

  it('has the raw record as NDJSON', async () => {
    const [line] = (await fileOf('export deleted files of Adele as ndjson', audit())).split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ raw: { Operation: 'FileDeleted', UserId: adele } });
  });

  it('has nothing for others, and of others nothing', async () => {
    const request = 'export deleted files since Thursday';
    expect(await fileOf(request, null)).not.toMatch(/docx|xlsx|pdf/);
    expect(await fileOf(request, audit({ sees: new Set(['rick']) }))).toMatch(/Salaries/);
    expect(await fileOf(request, audit({ sees: new Set(['rick']) }))).not.toMatch(/Budget|Plan/);
    expect((await ask(request, { mayAudit: 'no' })).lead).toMatch(/^Only auditors/);
    expect((await ask(request, { mayAudit: 'elsewhere' })).lead).toMatch(/personal chat/);
  });
});
