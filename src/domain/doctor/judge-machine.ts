import { numeral } from '../numerals.ts';
import { bad, type Finding, good, untried } from './finding.ts';
import { quoted } from './fix-script.ts';

const MB = 1024 * 1024;
/** With less room a day of a large tenant does not fit; a warning comes sooner. Bytes. */
const TOO_LITTLE = 256 * MB;
const LITTLE = 1024 * MB;
/** Of a small disk, this share is too little whatever it comes to. */
const TOO_SMALL_SHARE = 0.02;

export type DatabaseFacts = {
  /** For people; no password. */
  place: string;
  kind: 'sqlite' | 'postgres';
  /** `new`: there is none yet, and one can be made. */
  reach: { state: 'answers' } | { state: 'new' } | { state: 'no'; detail: string };
  /** Null where it could not be tried. */
  write: { ok: boolean; detail: string } | null;
  migrations: { pending: number; unknown: readonly string[] } | null;
  /** Bytes. Null where it cannot be seen from here. */
  disk: { free: number; total: number } | null;
};

/** How the bot that runs for this tenant relates to the database of the settings. */
export type OtherDatabase = { address: string } | null;

/** The tenant whose users the database holds, where the settings name another one. */
export type OtherTenant = { watched: string; asked: string } | null;

/** What is known of the database. `why`: the settings name none. */
export function databaseFindings(
  facts: DatabaseFacts | null,
  why: string | null,
  elsewhere: OtherDatabase,
  tenants: OtherTenant,
): Finding[] {
  if (facts === null) {
    const said = why ?? 'The settings name no database.';
    const rest = ['database.write', 'database.migrations', 'database.disk'];
    return [
      bad('database.reach', said, { fix: `${said} For example DATABASE_URL=file:./data/license-watch.db.` }),
      ...rest.map((check) => untried(check, 'The settings name no database.')),
    ];
  }
  return [
    reachedFinding(facts, elsewhere, tenants),
    writeFinding(facts),
    migrationsFinding(facts),
    diskFinding(facts),
  ];
}

function reachedFinding(facts: DatabaseFacts, elsewhere: OtherDatabase, tenants: OtherTenant): Finding {
  if (tenants !== null) return otherTenantFinding(facts, tenants);
  return elsewhere === null ? reachFinding(facts) : otherFinding(facts, elsewhere);
}

function otherTenantFinding({ place }: DatabaseFacts, { watched, asked }: NonNullable<OtherTenant>): Finding {
  return bad(
    'database.reach',
    `${place} watches the tenant ${watched}, but AAD_APP_TENANT_ID is ${asked}. The bot does not start: users of two tenants would be compared.`,
    {
      fix: `Set AAD_APP_TENANT_ID back to ${watched}, or set DATABASE_URL to another database for ${asked}.`,
      commands: [`echo ${quoted(`AAD_APP_TENANT_ID=${watched}`)}   # or another DATABASE_URL`],
    },
  );
}

function otherFinding({ place }: DatabaseFacts, { address }: { address: string }): Finding {
  return bad(
    'database.reach',
    `The bot that answers at ${address} for this tenant uses another database than ${place}. Two of them notice and tell everything twice, and each knows half of the decisions.`,
    {
      fix: 'Stop one of them, or set DATABASE_URL of both to the same PostgreSQL database, and restart.',
      commands: [
        `curl --silent --head ${quoted(`${address}/healthz`)}   # stop this bot, or give it the same DATABASE_URL`,
      ],
    },
  );
}

function reachFinding({ reach, place, kind }: DatabaseFacts): Finding {
  const check = 'database.reach';
  if (reach.state === 'answers') return good(check, `${place} answers.`);
  if (reach.state === 'new')
    return good(check, `${place} is not there yet; the bot makes it when it first starts.`);
  return bad(check, reach.detail, {
    fix:
      kind === 'sqlite'
        ? 'Let this user read and write the file and its folder, or set DATABASE_URL to another place.'
        : 'Correct DATABASE_URL, start the server, and let a firewall pass: pg_isready.',
    commands:
      kind === 'sqlite'
        ? [`ls -ld ${quoted(place)} "$(dirname ${quoted(place)})"`]
        : ['pg_isready --dbname "$DATABASE_URL"'],
  });
}

function writeFinding({ reach, write, place, kind }: DatabaseFacts): Finding {
  const check = 'database.write';
  if (reach.state === 'no' || write === null) return untried(check, 'The database does not answer.');
  if (write.ok) return good(check, write.detail);
  return bad(check, write.detail, {
    fix:
      kind === 'sqlite'
        ? `Let the bot’s user write to the file and its folder: chmod u+w ${place}, and chown where it is another’s.`
        : 'Point DATABASE_URL at the server that takes writes (a standby is read-only), or end read-only: alter database … reset default_transaction_read_only.',
    commands:
      kind === 'sqlite'
        ? [`chmod u+w ${quoted(place)} "$(dirname ${quoted(place)})"`]
        : [
            'psql "$DATABASE_URL" --command "select pg_is_in_recovery(), current_setting(\'default_transaction_read_only\')"',
            'psql "$DATABASE_URL" --command "set default_transaction_read_only = off; alter database \\"$(psql "$DATABASE_URL" --tuples-only --no-align --command "select current_database()")\\" reset default_transaction_read_only"',
          ],
  });
}

function migrationsFinding({ reach, migrations }: DatabaseFacts): Finding {
  const check = 'database.migrations';
  if (reach.state === 'no' || migrations === null) return untried(check, 'The database does not answer.');
  const { pending, unknown } = migrations;
  if (unknown.length > 0) {
    return bad(check, `A newer version of License Watch has changed this database (${unknown.join(', ')}).`, {
      fix: 'Run that version, or restore the copy of the database that was made before.',
      commands: [
        'echo "Install the version of License Watch that ran last, or restore the copy made before the upgrade."',
      ],
    });
  }
  if (reach.state === 'new') return good(check, 'The bot makes the tables when it first starts.');
  return good(
    check,
    pending === 0
      ? 'Of this version.'
      : `Of an older version; the bot brings it up to date when it starts (${pending} steps).`,
  );
}

function diskFinding({ disk, kind, place }: DatabaseFacts): Finding {
  const check = 'database.disk';
  if (disk === null) {
    return untried(
      check,
      kind === 'postgres'
        ? 'Free room of a PostgreSQL server cannot be seen from here: watch it where the server runs.'
        : 'Free room cannot be seen.',
    );
  }
  const { free, total } = disk;
  const said = `${inMb(free)} are free where ${place} is.`;
  const mend = {
    fix: 'Make room on that disk, or set DATABASE_URL to a larger one. AUDIT_RETENTION_DAYS keeps the archive small.',
    commands: [`df -h "$(dirname ${quoted(place)})"`],
  };
  if (free < TOO_LITTLE || (free < LITTLE && free < total * TOO_SMALL_SHARE)) return bad(check, said, mend);
  return free < LITTLE ? good(check, said, mend) : good(check, said);
}

const inMb = (bytes: number): string => `${numeral(Math.floor(bytes / MB))} MB`;

/** What is open on one address, as somebody without a token sees it. */
export type OpenEndpoint = { url: string; what: 'metrics' | 'readiness' };

export type EndpointFacts = {
  /** Addresses of the bot that answered. */
  asked: readonly string[];
  open: readonly OpenEndpoint[];
  /** Whether others than this machine can reach what was asked. */
  facesOthers: boolean;
};

/** Whether strangers learn more than that the bot lives. */
export function endpointsFinding({ asked, open, facesOthers }: EndpointFacts): Finding {
  const check = 'endpoints';
  if (open.length > 0) {
    const urls = open.map(({ url }) => url).join(', ');
    return bad(check, `Anybody who reaches this machine can read ${urls}.`, {
      fix: 'Set OPERATIONS_PORT with OPERATIONS_HOST=127.0.0.1, or OPERATIONS_TOKEN, and restart; a reverse proxy should pass /api/messages, /api/notifications and /healthz only.',
      commands: open.map(
        ({ url }) =>
          `curl --silent --output /dev/null --write-out '%{http_code}\\n' ${quoted(url)}   # set OPERATIONS_HOST=127.0.0.1 or OPERATIONS_TOKEN until it says 401 or 404`,
      ),
    });
  }
  if (asked.length === 0) {
    return untried(
      check,
      'No bot answers at the addresses of the settings: start it, and run the doctor beside it.',
    );
  }
  return facesOthers
    ? good(check, `Strangers learn nothing at ${asked.join(', ')}.`)
    : good(
        check,
        'The bot listens on this machine only. Behind a reverse proxy, pass /api/messages, /api/notifications and /healthz alone.',
      );
}
