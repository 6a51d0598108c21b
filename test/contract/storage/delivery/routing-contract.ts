import { describe, expect, it } from 'vitest';
import type { DigestEntry, Escalation } from '../../../../src/domain/ports.ts';
import type { Subject } from '../store-under-test.ts';

const anEntry = (over: Partial<DigestEntry> = {}): DigestEntry => ({
  key: 'incident:1',
  targetKey: '',
  at: 1_000,
  dueAt: 5_000,
  why: 'low',
  line: 'Somebody got a license',
  class: 'licensing',
  ...over,
});

const anEscalation = (over: Partial<Escalation> = {}): Escalation => ({
  key: 'incident:1',
  targetKey: '19:alerts@thread.tacv2',
  onCall: null,
  dueAt: 5_000,
  ...over,
});

const message = (key: string, notBefore = 5_000) => ({
  key,
  message: { kind: 'notice' as const, title: 'This night', text: 'One thing.' },
  notBefore,
});

export function routingContract(subject: Subject): void {
  describe('what waits for a digest', () => {
    it('is due at its time, oldest first', async () => {
      const { digest } = subject.store;
      const second = anEntry({ key: 'security:2', at: 2_000 });
      await digest.add([second, anEntry(), anEntry({ key: 'later', dueAt: 5_001 })]);
      expect(await digest.due(4_999)).toEqual([]);
      expect(await digest.due(5_000)).toEqual([anEntry(), second]);
    });

    it('says what it said last, at the time at which it came first', async () => {
      const { digest } = subject.store;
      await digest.add([anEntry()]);
      await digest.add([anEntry({ at: 3_000, dueAt: 9_000, line: 'Two people got a license' })]);
      expect(await digest.due(5_000)).toEqual([anEntry({ line: 'Two people got a license' })]);
    });

    it('is told once, with its message; also when it comes again', async () => {
      const { digest, outbox } = subject.store;
      await digest.add([anEntry(), anEntry({ targetKey: 'elsewhere' })]);
      await digest.tell('', ['incident:1'], message('notice:digest:1'), 5_000);
      await digest.add([anEntry({ line: 'Again' })]);
      expect(await digest.due(9_000)).toEqual([anEntry({ targetKey: 'elsewhere' })]);
      expect((await outbox.due(5_000)).map(({ key }) => key)).toEqual(['notice:digest:1']);
    });

    it('is forgotten some time after it was told, and not before', async () => {
      const { digest } = subject.store;
      await digest.add([anEntry(), anEntry({ key: 'waits' })]);
      await digest.tell('', ['incident:1'], message('notice:digest:1'), 5_000);
      expect(await digest.purge(5_000)).toBe(0);
      expect(await digest.purge(5_001)).toBe(1);
      expect((await digest.due(9_000)).map(({ key }) => key)).toEqual(['waits']);
    });
  });

  describe('cards to which nobody has reacted', () => {
    it('are due by their first post', async () => {
      const { escalations } = subject.store;
      const onCall = { kind: 'tag', id: 'MjQ', name: 'Security on call' } as const;
      await escalations.start(anEscalation({ onCall }));
      await escalations.start(anEscalation({ dueAt: 9_000 }));
      expect(await escalations.due(4_999)).toEqual([]);
      expect(await escalations.due(5_000)).toEqual([anEscalation({ onCall })]);
    });

    it('are looked at later where that is wanted', async () => {
      const { escalations } = subject.store;
      await escalations.start(anEscalation());
      await escalations.postpone('incident:1', 7_000);
      expect(await escalations.due(6_999)).toEqual([]);
      expect(await escalations.due(7_000)).toEqual([anEscalation({ dueAt: 7_000 })]);
    });

    it('are called for once', async () => {
      const { escalations, outbox } = subject.store;
      await escalations.start(anEscalation());
      await escalations.end('incident:1', 'called', 5_000, message('notice:escalation:1'));
      await escalations.end('incident:1', 'called', 5_001, message('notice:escalation:again'));
      await escalations.start(anEscalation());
      expect(await escalations.due(9_000)).toEqual([]);
      expect((await outbox.due(5_000)).map(({ key }) => key)).toEqual(['notice:escalation:1']);
    });
  });

  describe('the routes that were good last', () => {
    it('are kept', async () => {
      const { routes } = subject.store;
      expect(await routes.lastGood()).toBeNull();
      await routes.keepGood('route: {}', 1);
      await routes.keepGood('route: { channel: A }', 2);
      expect(await routes.lastGood()).toBe('route: { channel: A }');
    });
  });
}
