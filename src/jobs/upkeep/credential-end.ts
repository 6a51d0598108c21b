import { DAY_MS } from '../../domain/durations.ts';
import { count } from '../../domain/numerals.ts';
import { utcMinute } from '../../domain/time-formats.ts';
import type { JobContext } from '../context.ts';
import { noticeAbout } from '../outgoing/outgoing.ts';

/** The channel hears of the end so many days before it: once at each, and once when it has come. */
const DAYS_BEFORE = [0, 3, 14, 30] as const;

const HOW_TO =
  'Upload a new one to the app registration, then set AAD_APP_CERTIFICATE_PATH to its file. Without it the tenant cannot be read, and nothing is noticed.';

/**
 * Says in the channel that the certificate which reads the tenant ends soon. Of a client secret only the app
 * registration knows the end, which takes a permission that we do not ask for.
 */
export async function noteCredentialEnd({
  store,
  clock,
  credentialEndsAt,
}: Pick<JobContext, 'store' | 'clock' | 'credentialEndsAt'>): Promise<void> {
  const endsAt = await credentialEndsAt();
  if (endsAt === null) return;
  const now = clock.now();
  const left = Math.ceil((endsAt - now) / DAY_MS);
  const step = DAYS_BEFORE.find((days) => left <= days);
  if (step === undefined) return;
  const title =
    left <= 0
      ? 'The certificate that reads the tenant has ended'
      : `The certificate that reads the tenant ends in ${count(left, 'day')}`;
  // The key names the certificate by its end: a new one begins again, a restart repeats nothing.
  await store.outbox.enqueue([
    noticeAbout(
      `credential-ends:${step}`,
      String(endsAt),
      title,
      `It ends ${utcMinute(endsAt)} UTC. ${HOW_TO}`,
      now,
    ),
  ]);
}
