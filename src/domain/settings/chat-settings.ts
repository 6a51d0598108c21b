/** The settings that owners may change in chat, by the names of their environment variables. */
export type ChatSetting = {
  name: ChatSettingName;
  /** What people call it: "Quiet hours". */
  title: string;
  /** A value that works, as one would say it. */
  example: string;
  /** What holds where nobody set it, in words. */
  unset: string;
  /** Those that hold only together: they are judged as one. */
  batch: 'roles' | 'on-call' | 'second approver' | null;
};

/** Settings with a value for each product, which is named beside them. */
export const PER_PRODUCT = ['PRODUCT_NAMES', 'PRICE_LIST'] as const;
export type PerProduct = (typeof PER_PRODUCT)[number];

export type ChatSettingName = (typeof ROWS)[number][0];

type Row = readonly [
  name: string,
  title: string,
  example: string,
  unset: string,
  batch: ChatSetting['batch'],
];

const ROWS = [
  ['OWNER_GROUP_ID', 'Owners (group)', 'the group License Owners', 'nobody by a group', 'roles'],
  ['OWNER_ROLES', 'Owners (directory roles)', 'Global Administrator', 'nobody by a role', 'roles'],
  ['OPERATOR_GROUP_ID', 'Operators (group)', 'the group Service Desk', 'nobody by a group', 'roles'],
  [
    'OPERATOR_ROLES',
    'Operators (directory roles)',
    'License Administrator, User Administrator',
    'nobody by a role',
    'roles',
  ],
  ['SCOPED_OPERATORS', 'Operators of one administrative unit', '<group id>=<unit id>', 'nobody', 'roles'],
  ['READER_GROUP_ID', 'Readers (group)', 'the group All IT', 'nobody by a group', 'roles'],
  ['READER_ROLES', 'Readers (directory roles)', 'Global Reader', 'nobody by a role', 'roles'],
  ['AUDITOR_GROUP_ID', 'Auditors (group)', 'the group Security', 'owners', 'roles'],
  ['AUDITOR_ROLES', 'Auditors (directory roles)', 'Security Reader', 'owners', 'roles'],
  ['REQUIRE_SECOND_APPROVER', 'Second approver for each write', 'on', 'off', 'second approver'],
  [
    'SECOND_APPROVER_ABOVE_USERS',
    'Second approver above so many users',
    '20 users',
    'never',
    'second approver',
  ],
  ['QUIET_HOURS', 'Quiet hours', '22:00-07:00', 'never', null],
  ['DIGEST_TIME', 'Digest', '08:00', '08:00', null],
  ['ESCALATE_AFTER_MINUTES', 'Escalation', '30 minutes', 'nobody is called', null],
  ['ON_CALL', 'On call', 'user:adele@contoso.com', 'nobody', 'on-call'],
  ['ON_CALL_NAME', 'Name of on call', 'Adele Vance', 'nobody', 'on-call'],
  ['SETTLE_MINUTES', 'Wait before an alert', '10 minutes', '5 minutes', null],
  ['MASS_LOSS_PERCENT', 'Mass loss', '15%', '10%', null],
  ['TIME_ZONE', 'Time zone', 'Europe/Amsterdam', 'UTC', null],
  ['AUDIT_RETENTION_DAYS', 'Retention of audit records', '400 days', 'kept for good', null],
  ['KEEP_SENTENCES', 'Keep sentences that I do not understand', 'off', 'on', null],
  ['SPARED_ACCOUNTS', 'Spared accounts', 'breakglass@contoso.com', 'none', null],
] as const satisfies readonly Row[];

export const CHAT_SETTINGS: readonly ChatSetting[] = ROWS.map(
  ([name, title, example, unset, batch]): ChatSetting => ({ name, title, example, unset, batch }),
);

const BY_NAME: ReadonlyMap<string, ChatSetting> = new Map(CHAT_SETTINGS.map((one) => [one.name, one]));

/** The setting of that name; null for one that is none, or is not for the chat. */
export const chatSetting = (name: string): ChatSetting | null => BY_NAME.get(name) ?? null;

/** Settings that say who may do what: a change needs a second owner where there is one. */
export const isAboutRoles = (name: string): boolean => chatSetting(name)?.batch === 'roles';

/** Settings that name a group by its id. */
export const isGroupSetting = (name: string): boolean => name.endsWith('_GROUP_ID');

/** The key of a setting of one product: `PRODUCT_NAMES:spe_e3`. */
export const productKey = (name: PerProduct, product: string): string =>
  `${name}:${product.trim().toLowerCase()}`;

/** The parts of such a key; null for any other. */
export function productOf(key: string): { name: PerProduct; product: string } | null {
  const at = key.indexOf(':');
  const name = PER_PRODUCT.find((one) => one === key.slice(0, at));
  return at > 0 && name !== undefined && at + 1 < key.length ? { name, product: key.slice(at + 1) } : null;
}

/** What people call a setting by its key: "Quiet hours", "Name of SPE_E3". */
export function settingTitle(key: string): string {
  const ofProduct = productOf(key);
  if (ofProduct === null) return chatSetting(key)?.title ?? key;
  const product = ofProduct.product.toUpperCase();
  return ofProduct.name === 'PRICE_LIST' ? `Price of ${product}` : `Name of ${product}`;
}
