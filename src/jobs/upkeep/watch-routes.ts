import { ROUTES_READ } from '../../domain/ports.ts';
import { channelProblems } from '../../domain/routing/channels.ts';
import { routesTrouble } from '../../domain/routing/routes-trouble.ts';
import type { JobContext } from '../context.ts';
import { noticeAbout } from '../outgoing/outgoing.ts';

/**
 * Says what is wrong with the file of routes: in the log, in the status and in readiness while it lasts, and in the
 * channel once for each trouble. A file that is broken leaves the routes in force that were good last.
 */
export async function watchRoutes({ store, clock, routes, log }: JobContext): Promise<void> {
  const read = await routes.current();
  if (read.file === null) return clear();
  const conversations = (await store.conversations.all()).filter(({ kind }) => kind === 'channel');
  const unknown = read.using === 'default' ? [] : channelProblems(read.routing.root, conversations);
  const trouble = routesTrouble(read, unknown);
  if (trouble === null) return clear();
  const last = await store.jobs.last(ROUTES_READ);
  if (last?.detail === trouble.text && last.ok === false) return;
  const now = clock.now();
  await store.outbox.enqueue([noticeAbout('routes', trouble.about, trouble.title, trouble.text, now)]);
  await note(false, trouble.text);
  log.warn({ file: read.file, using: read.using, trouble: trouble.text }, 'the routes need a look');

  async function clear(): Promise<void> {
    const before = await store.jobs.last(ROUTES_READ);
    if (before && before.ok === false) await note(true, null);
  }

  async function note(ok: boolean, detail: string | null): Promise<void> {
    await store.jobs.started(ROUTES_READ, clock.now());
    await store.jobs.finished(ROUTES_READ, clock.now(), ok, detail);
  }
}
