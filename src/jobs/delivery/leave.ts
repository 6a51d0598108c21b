import { decideAlert } from '../../domain/alert/decide-alert.ts';
import type { QueuedItem } from '../../domain/ports.ts';
import type { JobContext } from '../context.ts';
import { decideOn, dropNoted } from './decide-message.ts';
import type { Home } from './home.ts';

/** What goes nowhere is dropped, with the reason; what waits for its first card stays. */
export async function leave(
  context: JobContext,
  item: QueuedItem,
  { kind }: Exclude<Home, { kind: 'place' }>,
): Promise<void> {
  switch (kind) {
    case 'waits':
      return;
    case 'gone':
      return dropNoted(context, item, await decideOn(context, item, { hasChannel: false }));
    case 'unneeded':
      return dropNoted(context, item, await decideOn(context, item, { isNewest: false }));
    case 'nowhere':
      return dropNoted(context, item, decideAlert({ about: 'hold', hold: 'nowhere', until: null }));
  }
}
