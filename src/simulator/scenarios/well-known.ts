import { idOf } from '../tenant/ids.ts';

/** The tenant that every scenario plays in. */
export const TENANT_ID = '8f0c4b0e-5a77-4b7e-9a63-1d8c7b1f2a10';
export const DOMAIN = 'contoso.com';
export const INITIAL_DOMAIN = 'contoso.onmicrosoft.com';

/** The app registration that License Watch signs in with, unless other values are given. */
export const CLIENT_ID = '6f3c1f52-7a0e-4c86-9d6b-0e5b1f8a2c11';
export const CLIENT_SECRET = 'simulated-secret-kept-nowhere-else';
export const APP_NAME = 'License Watch';
export const SERVICE_PRINCIPAL_ID = 'b7d5c9a4-2e1f-4f0a-8a3b-5c6d7e8f9a12';

/** The bot's own registration, for those who do not let the reading app speak. */
export const BOT_CLIENT_ID = '2d9a6c31-8e4b-4f57-a1c0-93f7d5e6b842';
export const BOT_SECRET = 'simulated-bot-secret-kept-nowhere-else';
export const BOT_SERVICE_PRINCIPAL_ID = '41c8e7b0-6f2d-4a95-b3d8-0a7e9c5f1d63';

/** Megan Bowen, who operates License Watch: the Playground's user is she. */
export const OPERATOR_UPN = 'meganb@contoso.com';
export const OPERATOR_ID = idOf('user', OPERATOR_UPN);

/** Lee Gu, who operates it too: the one who confirms what Megan asks for. */
export const SECOND_OPERATOR_UPN = 'leeg@contoso.com';
export const SECOND_OPERATOR_ID = idOf('user', SECOND_OPERATOR_UPN);

/** Isaiah Langer, who is License Administrator over one administrative unit only, and operator of it by group. */
export const UNIT_OPERATOR_UPN = 'isaiahl@contoso.com';
export const UNIT_OPERATOR_ID = idOf('user', UNIT_OPERATOR_UPN);

/** The group whose members may press Reassign for the users of the administrative unit. */
export const UNIT_OPERATORS_GROUP = 'License Watch operators (Berlin)';
export const UNIT_OPERATORS_GROUP_ID = idOf('group', UNIT_OPERATORS_GROUP);

/** The administrative unit of the company, in which some of the forum's victims are. */
export const SALES_UNIT = 'Sales Berlin';
export const SALES_UNIT_ID = idOf('unit', SALES_UNIT);

/** Who does what a timeline's act names nobody for. */
export const ADMIN_UPN = 'anna.kowalska@contoso.com';

/** The group whose members may press Reassign. */
export const OPERATORS_GROUP = 'License Watch operators';
export const OPERATORS_GROUP_ID = idOf('group', OPERATORS_GROUP);
