import type { JobContext } from '../jobs/context.ts';
import { createIntake } from '../jobs/notifications/intake.ts';
import type { Scheduler } from '../jobs/running/schedule.ts';
import { readNotifications } from '../microsoft365/subscriptions/notification-body.ts';
import type { NotificationHandler } from '../teams/door/notifications.ts';

/** Takes in what Microsoft Graph posts; null where it is not asked to. */
export function notificationHandler(
  { store, clock, log, settings }: JobContext,
  scheduler: Pick<Scheduler, 'requestScan' | 'notified'>,
): NotificationHandler | null {
  if (settings.notificationUrl === null) return null;
  const intake = createIntake({
    store: store.notifications,
    clock,
    log,
    wake: scheduler.notified,
    catchUp: () => void scheduler.requestScan(),
  });
  return {
    uptime: () => performance.now(),
    knows: intake.knows,
    async take(body) {
      const read = readNotifications(body);
      return read === null ? null : intake.take(read.notifications, read.unreadable);
    },
  };
}
