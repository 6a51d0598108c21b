import { DAY_MS } from '../../domain/durations.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import { formatTime } from '../times/times.ts';
import type { Matter } from './matter.ts';

/** Long enough before the end to have a new one made and approved. */
const SOON_MS = 45 * DAY_MS;

/**
 * The certificate that reads the tenant, where it ends soon or has ended. Of a client secret only the app
 * registration knows the end, which takes a permission that we do not ask for.
 */
export async function credentialMatters(deps: AnswerDeps): Promise<Matter[]> {
  const { now } = deps;
  const at = await deps.certificateEndsAt();
  if (at === null || at >= now + SOON_MS) return [];
  return [
    {
      what: `The certificate that reads the tenant ${at <= now ? 'has ended' : 'ends'}`,
      when: formatTime(at, deps),
      next: 'Upload a new one to the app registration and set AAD_APP_CERTIFICATE_PATH.',
    },
  ];
}
