import { describe, expect, it } from 'vitest';
import type { ForwardState } from '../../../../src/domain/ports/forwarding.ts';
import { anArchivedEvent } from '../../../builders/audit/archived-event.ts';
import type { Subject } from '../store-under-test.ts';

const STATE: ForwardState = {
  rowNo: 7,
  sent: 6,
  refused: 1,
  head: '3:abc',
  headAt: 5_000,
  failures: 2,
  failingSince: 4_000,
  problem: 'HTTP 503',
  notBefore: 6_000,
};

export function forwardingContract(subject: Subject): void {
  describe('what a SIEM has of the archive', () => {
    it('is nothing at first, and then as it was saved, for each SIEM by itself', async () => {
      const { forwarding } = subject.store;
      expect(await forwarding.state('one')).toMatchObject({ rowNo: 0, sent: 0, problem: null });
      await forwarding.save('one', STATE);
      await forwarding.save('one', { ...STATE, sent: 9 });
      expect(await forwarding.state('one')).toEqual({ ...STATE, sent: 9 });
      expect((await forwarding.state('two')).sent).toBe(0);
    });

    it('is followed by the records that were stored later, in that order, however old they are', async () => {
      const { audit, forwarding } = subject.store;
      await audit.append([anArchivedEvent({ id: 'b', at: 9_000 })], 1_000);
      await audit.append(
        [anArchivedEvent({ id: 'a', at: 1_000 }), anArchivedEvent({ id: 'c', at: 2_000 })],
        2_000,
      );
      const [first, ...rest] = await forwarding.after(0, 10);
      expect([first, ...rest].map((record) => record?.id)).toEqual(['b', 'a', 'c']);
      expect(await forwarding.after(first?.rowNo ?? 0, 1)).toMatchObject([{ id: 'a', receivedAt: 2_000 }]);
      expect(await forwarding.behind(first?.rowNo ?? 0)).toEqual({ records: 2, oldestAt: 2_000 });
      expect(await forwarding.behind(rest.at(-1)?.rowNo ?? 0)).toEqual({ records: 0, oldestAt: null });
    });
  });
}
