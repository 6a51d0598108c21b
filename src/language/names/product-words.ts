/** The words that admins use for Microsoft's products, and how they relate to the official names. */

/** Written in one go, or short, or old: what the words of the official name are. */
export const PRODUCT_SLANG: ReadonlyMap<string, string> = new Map(
  Object.entries({
    m365: 'microsoft 365',
    ms365: 'microsoft 365',
    o365: 'office 365',
    ms: 'microsoft',
    pbi: 'power bi',
    powerbi: 'power bi',
    powerapps: 'power apps',
    powerautomate: 'power automate',
    flow: 'power automate',
    biz: 'business',
    bizpremium: 'business premium',
    bizstandard: 'business standard',
    bizbasic: 'business basic',
    std: 'standard',
    prem: 'premium',
    exo: 'exchange online',
    spo: 'sharepoint online',
    aad: 'entra id',
    aadp1: 'entra id p1',
    aadp2: 'entra id p2',
    ems: 'enterprise mobility security',
    mde: 'defender for endpoint',
    mdo: 'defender for office',
    win365: 'windows 365',
    w365: 'windows 365',
    cloudpc: 'windows 365',
    crm: 'dynamics 365',
    d365: 'dynamics 365',
  }),
);

/** Words that name a product by themselves, whether the tenant has it or not. */
export const NAMING_WORDS: ReadonlySet<string> = new Set(
  (
    'visio project copilot intune defender entra dynamics exchange sharepoint onedrive viva planner yammer stream ' +
    'purview sentinel fabric clipchamp loop bookings whiteboard frontline kiosk ' +
    'a1 a3 a5 e1 e2 e3 e4 e5 e7 f1 f2 f3 f5 g1 g3 g5 k1 p1 p2'
  ).split(' '),
);

/** Two words that name a product together. */
export const NAMING_PAIRS: ReadonlySet<string> = new Set([
  'power bi',
  'power apps',
  'power automate',
  'power pages',
  'teams premium',
  'teams essentials',
  'teams rooms',
  'teams phone',
  'teams enterprise',
  'business basic',
  'business standard',
  'business premium',
  'windows 365',
  'phone system',
  'audio conferencing',
  'calling plan',
  'domestic calling',
  'enterprise mobility',
  'security copilot',
  'apps for',
]);

/** Words that only narrow a product down. They belong to its name but do not make one. */
export const NARROWING_WORDS: ReadonlySet<string> = new Set(
  (
    'microsoft office 365 power bi apps automate pages teams premium standard basic business enterprise essentials ' +
    'pro plus plan online id p1 p2 for endpoint cloud free rooms phone system audio conferencing calling security ' +
    'mobility windows studio per user capacity education faculty students gcc dod 1 2 3 4 5'
  ).split(' '),
);

/** Narrowing words that a phrase may neither begin nor end with when something else was meant by them. */
export const LOOSE_WORDS: ReadonlySet<string> = new Set(
  'for free user per 365 1 2 3 4 5 plus online and'.split(' '),
);
