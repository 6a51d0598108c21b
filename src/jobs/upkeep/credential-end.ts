import { DAY_MS } from '../../domain/durations.ts';
import { count } from '../../domain/numerals.ts';
import { utcMinute } from '../../domain/time-formats.ts';
import type { JobContext } from '../context.ts';
import { noticeAbout } from '../outgoing/outgoing.ts';

/** The channel hears of the end so many days before it: once at each, and once when it has come. */
const DAYS_BEFORE = [0, 3, 14, 30] as const;

type Kind = { key: string; does: string; setting: string; without: string };

const OF_READER: Kind = {
  key: 'credential-ends',
  does: 'reads the tenant',
  setting: 'AAD_APP_CERTIFICATE_PATH',
  without: 'Without it the tenant cannot be read, and nothing is noticed.',
};
const OF_BOT: Kind = {
  key: 'bot-credential-ends',
  does: 'speaks for the bot',
  setting: 'BOT_CERTIFICATE_PATH',
  without: 'Without it the bot hears, and can neither answer nor post.',
};

/**
 * Says in the channel that the certificate which reads the tenant, or the bot's own, ends soon. Of a client secret only
 * the app registration knows the end, which takes a permission that we do not ask for.
 */
export async function noteCredentialEnd({
  store,
  clock,
  credentialEndsAt,
  botCredentialEndsAt,
}: Pick<JobContext, 'store' | 'clock' | 'credentialEndsAt' | 'botCredentialEndsAt'>): Promise<void> {
  const now = clock.now();
  const notices = [
    ...noticesOf(OF_READER, await credentialEndsAt(), now),
    ...noticesOf(OF_BOT, await botCredentialEndsAt(), now),
  ];
  if (notices.length > 0) await store.outbox.enqueue(notices);
}

function noticesOf({ key, does, setting, without }: Kind, endsAt: number | null, now: number) {
  if (endsAt === null) return [];
  const left = Math.ceil((endsAt - now) / DAY_MS);
  const step = DAYS_BEFORE.find((days) => left <= days);
  if (step === undefined) return [];
  const title =
    left <= 0
      ? `The certificate that ${does} has ended`
      : `The certificate that ${does} ends in ${count(left, 'day')}`;
  const howTo = `Upload a new one to the app registration, then set ${setting} to its file.`;
  const text = `It ends ${utcMinute(endsAt)} UTC. ${howTo} ${without}`;
  // The key names the certificate by its end: a new one begins again, a restart repeats nothing.
  return [noticeAbout(`${key}:${step}`, String(endsAt), title, text, now)];
}
