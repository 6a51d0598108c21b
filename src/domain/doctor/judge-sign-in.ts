import { DAY_MS, HOUR_MS } from '../durations.ts';
import { count } from '../numerals.ts';
import { explainRefusal } from './entra-errors.ts';
import type { TokenFact } from './facts.ts';
import { bad, type Finding, good, untried } from './finding.ts';

/** So long before its end a credential is worth a warning, ms. */
const SOON_MS = 30 * DAY_MS;

/** What a token is for, in words, and which setting names its app. */
const TOKENS = {
  'token.graph': 'Microsoft Graph',
  'token.management': 'the Office 365 Management APIs',
  'token.bot': 'the Bot Framework',
} as const;
export type TokenCheck = keyof typeof TOKENS;

/** Whether a token was given, and what to do where it was not. */
export function tokenFinding(check: TokenCheck, fact: TokenFact, clientId: string): Finding {
  const what = TOKENS[check];
  switch (fact.kind) {
    case 'given':
      return good(check, `A token for ${what} was given.`);
    case 'refused': {
      const { detail, fix, commands } = explainRefusal(fact.refusal, clientId);
      const own =
        check === 'token.bot' ? commands.map((line) => line.replaceAll('"$APP"', '"$BOT"')) : commands;
      return bad(check, detail, { fix, commands: own });
    }
    case 'unreachable':
      return bad(check, `The sign-in service does not answer: ${fact.why}`, {
        fix: 'Let this machine reach the sign-in service by HTTPS, and check CLOUD (with custom: AUTHORITY_URL).',
      });
    case 'unusable':
      return bad(check, fact.why, { fix: MEND_CREDENTIAL });
    case 'unset':
      return fact.wrong ? bad(check, fact.why, { fix: fact.why }) : untried(check, fact.why);
  }
}

const MEND_CREDENTIAL =
  'Check the file or the identity that the settings AAD_APP_CERTIFICATE_PATH, AAD_APP_FEDERATED_TOKEN_FILE or AAD_APP_MANAGED_IDENTITY name; a certificate’s PEM file holds the certificate and its private key.';

export type CredentialFacts = {
  kind: 'secret' | 'certificate' | 'managed-identity' | 'federated-token';
  clientId: string;
  /** What is wrong with it on this machine, in a sentence; null where nothing is. */
  problem: string | null;
  /** ms UTC; null where nobody tells. */
  endsAt: number | null;
  tokens: readonly TokenFact[];
  now: number;
};

const NAMES: Record<CredentialFacts['kind'], string> = {
  secret: 'client secret',
  certificate: 'certificate',
  'managed-identity': 'managed identity',
  'federated-token': 'federated token',
};

/** Whether the credential with which the tenant is read is taken, and when it ends. */
export function credentialFinding(facts: CredentialFacts): Finding {
  const { kind, clientId, problem, endsAt, tokens, now } = facts;
  const name = NAMES[kind];
  const isTaken = tokens.some((token) => token.kind === 'given');
  if (problem !== null && !isTaken) return bad('credential', problem, renewal(kind, clientId));
  if (endsAt !== null && endsAt <= now && !isTaken) {
    return bad('credential', `The ${name} ended on ${dayOf(endsAt)}.`, renewal(kind, clientId));
  }
  if (isTaken) return taken(facts, name);
  const blamed = tokens.flatMap((token) => {
    if (token.kind === 'unusable') return [bad('credential', token.why, { fix: MEND_CREDENTIAL })];
    if (token.kind === 'unset') return token.wrong ? [bad('credential', token.why, { fix: token.why })] : [];
    if (token.kind !== 'refused') return [];
    const { blames, detail, fix, commands } = explainRefusal(token.refusal, clientId);
    return blames === 'credential' ? [bad('credential', detail, { fix, commands })] : [];
  });
  return blamed[0] ?? untried('credential', `No sign-in came so far that the ${name} was judged.`);
}

function taken({ kind, clientId, endsAt, now }: CredentialFacts, name: string): Finding {
  if (endsAt === null) {
    const why =
      kind === 'secret'
        ? ' When it ends is not known: that takes the permission Application.Read.All, which nothing else needs.'
        : '';
    return good('credential', `The ${name} is taken.${why}`);
  }
  const left = endsAt - now;
  if (left > SOON_MS) return good('credential', `The ${name} is taken, and ends on ${dayOf(endsAt)}.`);
  const inDays =
    left <= 0
      ? 'has ended'
      : left < DAY_MS
        ? 'ends within a day'
        : `ends in ${count(Math.round(left / DAY_MS), 'day')}`;
  return good(
    'credential',
    `The ${name} is taken, and ${inDays}: on ${dayOf(endsAt)}.`,
    renewal(kind, clientId),
  );
}

function renewal(
  kind: CredentialFacts['kind'],
  clientId: string,
): { fix: string; commands: readonly string[] } {
  const app = clientId || '<client id>';
  switch (kind) {
    case 'secret':
      return {
        fix: `Create a new secret, set AAD_APP_CLIENT_SECRET and restart: az ad app credential reset --id ${app} --append.`,
        commands: ['az ad app credential reset --id "$APP" --append --years 1'],
      };
    case 'certificate':
      return {
        fix: `Put a certificate and its private key, not encrypted, into the PEM file of AAD_APP_CERTIFICATE_PATH and upload the certificate: az ad app credential reset --id ${app} --append --cert @certificate.pem.`,
        commands: [
          'openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=license-watch -keyout key.pem -out certificate.pem',
          'az ad app credential reset --id "$APP" --append --cert @certificate.pem',
          'cat certificate.pem key.pem > license-watch.pem && chmod 600 key.pem license-watch.pem',
        ],
      };
    case 'managed-identity':
      return { fix: MEND_CREDENTIAL, commands: [] };
    case 'federated-token':
      return {
        fix: `Compare issuer, subject and audience: az ad app federated-credential list --id ${app}.`,
        commands: ['az ad app federated-credential list --id "$APP"'],
      };
  }
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Entra takes assertions and tokens that are this far off, ms; what is less is worth a sentence from a minute on. */
const SKEW_TAKEN_MS = HOUR_MS / 12;
const SKEW_SEEN_MS = HOUR_MS / 60;

/**
 * Whether our clock is Microsoft's, within what sign-ins take.
 * @param skew ours less theirs, ms; null where no answer carried a time
 */
export function clockFinding(skew: number | null): Finding {
  if (skew === null)
    return untried('clock', 'No service answered, so that there is no other clock to look at.');
  const minutes = Math.round(Math.abs(skew) / (HOUR_MS / 60));
  const set = {
    fix: 'Set the clock of this machine: timedatectl set-ntp true.',
    commands: ['sudo timedatectl set-ntp true'],
  };
  const said = `Our clock is ${count(minutes, 'minute')} ${skew > 0 ? 'ahead of' : 'behind'} Microsoft’s.`;
  if (Math.abs(skew) > SKEW_TAKEN_MS) return bad('clock', said, set);
  if (Math.abs(skew) > SKEW_SEEN_MS) return good('clock', said, set);
  return good('clock', 'Our clock is Microsoft’s, within a minute.');
}
