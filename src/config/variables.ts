/** One setting of the product, as the admin guide lists it. */
export type Variable = {
  name: string;
  section: 'Bot' | 'Tenant' | 'Data' | 'Watch' | 'Roles' | 'Licenses and cost' | 'Language model' | 'Process';
  /** What is read when it is not set, as one would type it: the one place that says so. Null where it has no default. */
  fallback: string | null;
  /** What happens when it is not set, in words, where no value says it. */
  unset: string | null;
  /** Its value appears in no message and no log. */
  secret: boolean;
  about: string;
};

function variable(
  section: Variable['section'],
  name: string,
  about: string,
  options: { fallback?: string; unset?: string; secret?: boolean } = {},
): Variable {
  const { fallback = null, unset = null, secret = false } = options;
  return { name, section, fallback, unset, secret, about };
}

/**
 * Every setting there is. The reader refuses to read a name that is not here, and tests hold the admin
 * guide and the Azure template to this list, so the three cannot drift apart.
 */
export const VARIABLES = [
  variable('Bot', 'BOT_ID', 'Client id of the bot. Empty: no sign-in, and only on a loopback address.'),
  variable('Bot', 'BOT_TYPE', '`UserAssignedMSI` (in Azure) or `SingleTenant` (anywhere else).'),
  variable('Bot', 'BOT_TENANT_ID', 'Tenant in which the bot is registered.'),
  variable('Bot', 'BOT_PASSWORD', 'Client secret of a `SingleTenant` bot.', { secret: true }),
  variable(
    'Bot',
    'BOT_CERTIFICATE_PATH',
    'PEM file with the certificate, and its private key, of a `SingleTenant` bot, in place of a secret.',
  ),
  variable(
    'Bot',
    'BOT_FEDERATED_TOKEN_FILE',
    'File with the token of a workload identity federation that the bot’s app trusts, in place of a secret.',
  ),
  variable('Bot', 'HOST', 'Address to listen on; `0.0.0.0` for all.', { fallback: '127.0.0.1' }),
  variable('Bot', 'PORT', 'Port to listen on; `0` takes a free one.', { fallback: '3978' }),
  variable(
    'Bot',
    'OPERATIONS_PORT',
    'Port of their own for `/readyz` and `/metrics`, which are then not on `PORT`.',
  ),
  variable('Bot', 'OPERATIONS_HOST', 'Address of that port.', { fallback: '127.0.0.1' }),
  variable(
    'Bot',
    'OPERATIONS_TOKEN',
    'What `/metrics`, and the reasons in `/readyz`, ask for as `Authorization: Bearer …` where `HOST` is no loopback address and there is no `OPERATIONS_PORT`. At least 16 characters.',
    { secret: true },
  ),
  variable('Bot', 'TURNS_PER_MINUTE', 'Messages of one person that are answered in a minute.', {
    fallback: '20',
  }),
  variable('Tenant', 'AAD_APP_TENANT_ID', 'Tenant to watch.'),
  variable(
    'Tenant',
    'AAD_APP_CLIENT_ID',
    'Client id of the app, or managed identity, that reads the tenant.',
  ),
  variable('Tenant', 'AAD_APP_CLIENT_SECRET', 'Its client secret.', { secret: true }),
  variable('Tenant', 'AAD_APP_CERTIFICATE_PATH', 'PEM file with its certificate and private key.'),
  variable('Tenant', 'AAD_APP_MANAGED_IDENTITY', '`true`: `AAD_APP_CLIENT_ID` is a managed identity.'),
  variable(
    'Tenant',
    'AAD_APP_FEDERATED_TOKEN_FILE',
    'File with the token of a workload identity federation.',
  ),
  variable('Tenant', 'CLOUD', '`public`, `gcch`, `dod`, `china` or `custom`.', { fallback: 'public' }),
  variable('Tenant', 'AUTHORITY_URL', 'Sign-in origin, with `CLOUD=custom`.'),
  variable('Tenant', 'GRAPH_URL', 'Microsoft Graph origin, with `CLOUD=custom`.'),
  variable('Tenant', 'MANAGEMENT_API_URL', 'Office 365 Management API origin, with `CLOUD=custom`.'),
  variable('Data', 'DATABASE_URL', 'SQLite file as `file:…`, or `postgres://…`.', {
    fallback: 'file:./data/license-watch.db',
    secret: true,
  }),
  variable(
    'Data',
    'DATABASE_COPIES',
    'How many copies of a SQLite file are kept that are made beside it before a new version changes its form; `0` makes none.',
    { fallback: '3' },
  ),
  variable(
    'Data',
    'AUDIT_RETENTION_DAYS',
    'Days to keep audit records; older ones are removed each night, permanently.',
    {
      unset: 'kept for good',
    },
  ),
  variable(
    'Data',
    'RETENTION_PATH',
    'YAML file with up to 50 policies that keep some audit records for a time of their own: by record type, operation and user. The lowest priority number counts first; `AUDIT_RETENTION_DAYS` is for all others.',
  ),
  variable(
    'Data',
    'ARCHIVE_KEY',
    'Seals the archive of audit records, so that `license-watch archive verify` finds what somebody changed who can write to the database. At least 16 characters, from a place that the database’s administrators cannot read. A new key goes first, with the former ones after it, separated by commas.',
    { secret: true, unset: 'sealed without a key, which shows accidents only' },
  ),
  variable(
    'Data',
    'SIEM_URL',
    'Where every stored audit record is passed on to: `https://…` takes newline-separated JSON, `syslog+tls://host:6514` messages of RFC 5424. `http:` only on a loopback address.',
    { unset: 'nothing is passed on' },
  ),
  variable(
    'Data',
    'SIEM_TOKEN',
    'What the SIEM asks for: sent as `Authorization: Bearer …`, or as it is where it has a scheme, such as `Splunk …`.',
    { secret: true },
  ),
  variable(
    'Data',
    'SIEM_FORMAT',
    '`ocsf` (Open Cybersecurity Schema Framework) or `raw` (each record as Microsoft sent it).',
    { fallback: 'ocsf' },
  ),
  variable(
    'Data',
    'KEEP_SENTENCES',
    '`true` or `false`: whether sentences that are not understood or not clear are kept for 90 days, with `_` for names and unknown words and without who asked. `license-watch export sentences` writes them.',
    { fallback: 'true' },
  ),
  variable('Watch', 'SCAN_SCHEDULE', 'Cron line of the quick scan.', { fallback: '*/5 * * * *' }),
  variable('Watch', 'FULL_SCAN_SCHEDULE', 'Cron line of the scan that reads every user.', {
    fallback: '0 */6 * * *',
  }),
  variable('Watch', 'COLLECT_SCHEDULE', 'Cron line of the audit collection.', { fallback: '*/5 * * * *' }),
  variable('Watch', 'AUDIT_CHECK_SCHEDULE', 'Cron line of the question whether the tenant audits.', {
    fallback: '*/30 * * * *',
  }),
  variable(
    'Watch',
    'NOTIFICATION_URL',
    'Public https address of `/api/notifications`. Microsoft Graph then says within seconds to minutes who changed, and only they are read.',
    { unset: 'changes are found by scans only' },
  ),
  variable('Watch', 'SETTLE_MINUTES', 'How long a change waits before an alert.', { fallback: '5' }),
  variable('Watch', 'MASS_LOSS_PERCENT', 'Losses above this share of licensed users need a second read.', {
    fallback: '10',
  }),
  variable(
    'Watch',
    'ON_CALL',
    'Who is mentioned when somebody that people keep an eye on loses a license: `user:` with an object id or user principal name, or `tag:` with the id of a tag of the team. Empty: nobody.',
  ),
  variable('Watch', 'ON_CALL_NAME', 'The name by which the card mentions them.'),
  variable(
    'Watch',
    'DETECTIONS_PATH',
    'Folder with more Sigma rules about audit records, such as a checkout of SigmaHQ: see docs/detections.md. A rule with the id of a shipped one replaces it. Read again when a file changes.',
    { unset: 'the shipped rules alone' },
  ),
  variable(
    'Watch',
    'DETECTION_VALUES',
    'YAML file that says what the placeholders of rules stand for, besides the `values.yml` of their folder.',
    { unset: 'none' },
  ),
  variable(
    'Watch',
    'ROUTES_PATH',
    'YAML file that says which alerts go to which channel, who is called and when they wait: see docs/routing.md. Read again when it changes. Empty: everything goes to the channel that is set in chat.',
  ),
  variable(
    'Watch',
    'QUIET_HOURS',
    'When alerts below high wait, by `TIME_ZONE`: `22:00-07:00`, or with days as `Mon-Fri 19:00-07:00, Sat-Sun 00:00-24:00`. High, critical and mass losses break through. A route may have hours of its own.',
    { unset: 'never' },
  ),
  variable(
    'Watch',
    'DIGEST_TIME',
    'When the digest of low alerts, and of what quiet hours held back, is posted, by `TIME_ZONE`.',
    { fallback: '08:00' },
  ),
  variable(
    'Watch',
    'ESCALATE_AFTER_MINUTES',
    'When nobody has decided about an alert, or taken it, for so long, the person on call is mentioned once.',
    { unset: 'nobody is called' },
  ),
  variable('Watch', 'TIME_ZONE', 'IANA name for schedules, cards and answers, such as `Europe/Amsterdam`.', {
    fallback: 'UTC',
  }),
  variable('Roles', 'READER_GROUP_ID', 'Entra group whose members may ask.'),
  variable('Roles', 'OPERATOR_GROUP_ID', 'Entra group whose members may also decide.'),
  variable(
    'Roles',
    'OWNER_GROUP_ID',
    'Entra group whose members may also change settings and standing rules.',
  ),
  variable(
    'Roles',
    'READER_ROLES',
    'Microsoft directory roles whose holders may ask too, such as `Global Reader, Reports Reader`.',
  ),
  variable('Roles', 'OPERATOR_ROLES', 'The same for deciding, such as `License Administrator`.'),
  variable('Roles', 'OWNER_ROLES', 'The same for changing settings, such as `Global Administrator`.'),
  variable(
    'Roles',
    'AUDITOR_GROUP_ID',
    'Entra group whose members may search audit records of all kinds in their personal chat, if they may ask at all.',
    { unset: 'owners may' },
  ),
  variable(
    'Roles',
    'AUDITOR_ROLES',
    'The same by directory roles over the whole tenant, such as `Security Reader`.',
  ),
  variable(
    'Roles',
    'SCOPED_OPERATORS',
    'Groups whose members decide for the users of one administrative unit only: `<group id>=<unit id>`, with commas between pairs.',
  ),
  variable(
    'Roles',
    'REQUIRE_SECOND_APPROVER',
    '`true`: a second operator confirms each reassign, each change that is asked for in words, and each undo.',
    { fallback: 'false' },
  ),
  variable(
    'Roles',
    'SECOND_APPROVER_ABOVE_USERS',
    'A person who writes to more users than this within an hour, by reassign, changes asked for in words and undo together, needs a second operator; what a group gives counts with everybody who is in it.',
  ),
  variable(
    'Licenses and cost',
    'PRICE_LIST',
    'File with what a seat costs you in a month: CSV with the columns `product` (part number or name), `price` and `currency`, or JSON. Read again for each question. Without it the bot shows seats, not money.',
  ),
  variable(
    'Licenses and cost',
    'PRODUCT_NAMES',
    'CSV file with names of products that came after this release, or names of your own: Microsoft’s list “Product names and service plan identifiers for licensing”, or the columns `product` (id or part number of a product or service plan) and `name`. Read at the start.',
  ),
  variable(
    'Licenses and cost',
    'SPARED_ACCOUNTS',
    'Accounts never named as unused, such as those for emergencies: object ids or user principal names, with commas between them.',
  ),
  variable(
    'Language model',
    'OPENAI_API_KEY',
    'Key of OpenAI or a compatible server. With it, sentences that the bot does not understand by itself are read by the model.',
    { secret: true },
  ),
  variable('Language model', 'OPENAI_BASE_URL', 'Address of a compatible server, as `https://…/v1`.'),
  variable('Language model', 'OPENAI_MODEL', 'Model to use; one that takes tools.', {
    fallback: 'gpt-4o-mini',
  }),
  variable(
    'Language model',
    'AZURE_OPENAI_API_KEY',
    'Key of an Azure OpenAI resource, in the place of OpenAI.',
    { secret: true },
  ),
  variable('Language model', 'AZURE_OPENAI_ENDPOINT', 'Its address, as `https://….openai.azure.com`.'),
  variable('Language model', 'AZURE_OPENAI_DEPLOYMENT_NAME', 'Its deployment of a model that takes tools.'),
  variable('Process', 'LOG_LEVEL', '`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.', {
    fallback: 'info',
  }),
  variable(
    'Process',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'Receiver of OpenTelemetry (OTLP over HTTP), such as `http://127.0.0.1:4318`: traces from a change to its card, and the figures of `/metrics`. See docs/operations.md.',
    { unset: 'nothing is sent' },
  ),
  variable(
    'Process',
    'OTEL_EXPORTER_OTLP_HEADERS',
    'What it asks for, as `api-key=…`, with commas between pairs.',
    { secret: true },
  ),
  variable('Process', 'OTEL_SERVICE_NAME', 'The name that it shows.', { fallback: 'license-watch' }),
] as const satisfies readonly Variable[];
