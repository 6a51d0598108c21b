import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/domain/detection/evaluate.ts';
import { createViewer } from '../../../src/domain/detection/records/view-of.ts';
import { MINUTE_MS } from '../../../src/domain/durations.ts';
import { TenantReadError } from '../../../src/domain/ports.ts';
import { checkAuditing } from '../../../src/jobs/collect/auditing.ts';
import { collect } from '../../../src/jobs/collect/collect.ts';
import { detect } from '../../../src/jobs/detect/detect.ts';
import { archived } from '../../../src/microsoft365/audit/archived.ts';
import { normaliseActivityRecord } from '../../../src/microsoft365/bodies/audit/activity-record.ts';
import { readRules } from '../../../src/rule-files/read-rules.ts';
import { aJobWorld, type JobWorld } from '../../builders/jobs/job-context.ts';
import { FakeAuditFeed } from '../../fakes/fake-audit-feed.ts';

const signal = new AbortController().signal;

let world: JobWorld;
let exchange: FakeAuditFeed;
let said: 'on' | 'off' | null;
beforeEach(async () => {
  world = await aJobWorld();
  exchange = new FakeAuditFeed({ source: 'activity', contentType: 'Audit.Exchange' });
  world.context.auditReaders = [exchange];
  said = 'on';
  world.context.auditing = {
    ask: async () => ({ state: said, detail: said === null ? 'No connection.' : null }),
  };
});
afterEach(() => world.store.close());

const check = () => checkAuditing(world.context, signal);
const gather = () => collect(world.context, signal);
const later = (minutes: number): void => world.clock.advance(minutes * MINUTE_MS);
const titles = async (): Promise<string[]> =>
  (await world.store.outbox.due(Number.MAX_SAFE_INTEGER)).flatMap(({ message }) =>
    'title' in message ? [message.title] : [],
  );
const state = async () => (await world.store.audit.auditing()).state;

/** Exchange's record of the switch, as the feed shows it. */
function switched(enabled: 'True' | 'False'): void {
  const at = world.clock.now() - MINUTE_MS;
  const record = {
    Id: `switch-${enabled}-${at}`,
    CreationTime: new Date(at).toISOString(),
    Operation: 'Set-AdminAuditLogConfig',
    ResultStatus: 'True',
    UserId: 'ines@contoso.com',
    UserKey: 'ines',
    Parameters: [{ Name: 'UnifiedAuditLogIngestionEnabled', Value: enabled }],
  };
  exchange.shown.push({ at, event: archived(record, 'activity', normaliseActivityRecord, at) });
}

const OFF = 'Auditing is switched off in this tenant';
const ON_AGAIN = 'Auditing is on again';

describe('auditing', () => {
  it('that a record says is off is one card, where a rule alerts of the record', async () => {
    await check();
    world.context.detector = createDetector(await readRules(['detections']), createViewer());
    switched('False');
    await gather();
    expect(await state()).toBe('off');
    expect(await titles()).not.toContain(OFF);
    await detect(world.context, signal);
    const alerts = await world.store.security.open();
    expect(alerts.map(({ words }) => words.title)).toEqual([
      expect.stringContaining('switched auditing off for the whole organization'),
    ]);
    expect(JSON.stringify(alerts)).toContain(
      'Set-AdminAuditLogConfig -UnifiedAuditLogIngestionEnabled $true',
    );
  });

  it('that is on is known and nothing to tell', async () => {
    await check();
    expect(await state()).toBe('on');
    expect(await titles()).toEqual([]);
  });

  it('that is off is told once, however often it is asked, and that it is on again', async () => {
    await check();
    said = 'off';
    for (let asked = 0; asked < 3; asked++) {
      later(30);
      await check();
    }
    expect(await titles()).toEqual([OFF]);
    said = null;
    later(30);
    await check();
    expect(await state()).toBe('off');
    said = 'on';
    later(30);
    await check();
    expect(await titles()).toEqual([OFF, ON_AGAIN]);
    said = 'off';
    later(30);
    await check();
    expect(await titles()).toEqual([OFF, ON_AGAIN, OFF]);
  });

  it('that is switched off is seen at once in its record, and told once when the service says it too', async () => {
    await check();
    later(5);
    switched('False');
    await gather();
    expect(await state()).toBe('off');
    said = 'off';
    later(30);
    await check();
    expect(await titles()).toEqual([OFF]);
    switched('True');
    await gather();
    expect(await titles()).toEqual([OFF, ON_AGAIN]);
  });

  it('is seen in the record also when the process dies before the page is stored', async () => {
    switched('False');
    const { append } = world.store.audit;
    world.store.audit.append = async () => {
      throw new Error('the process dies');
    };
    await expect(gather()).rejects.toThrow('dies');
    world.store.audit.append = append;
    await gather();
    expect(await state()).toBe('off');
    expect(await titles()).toEqual([OFF]);
  });

  it('is unknown where the service cannot be asked', async () => {
    said = null;
    await check();
    expect(await world.store.audit.auditing()).toMatchObject({ state: 'unknown', detail: 'No connection.' });
    expect(await titles()).toEqual([]);
  });
});

describe('a source that cannot be read', () => {
  it('is told once in an outage, after three collections in a row, and again in the next', async () => {
    const outage = async (collections: number): Promise<void> => {
      exchange.failure = new TenantReadError('forbidden', 'Grant ActivityFeed.Read.');
      for (let run = 0; run < collections; run++) {
        later(5);
        await gather();
      }
    };
    const TOLD = 'License Watch cannot read the unified audit log';
    await outage(2);
    expect(await titles()).toEqual([]);
    await outage(3);
    expect(await titles()).toEqual([TOLD]);
    exchange.failure = null;
    later(5);
    await gather();
    await outage(3);
    expect(await titles()).toEqual([TOLD, TOLD]);
  });
});
