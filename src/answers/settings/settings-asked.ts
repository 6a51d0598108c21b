import {
  chatSetting,
  isGroupSetting,
  PER_PRODUCT,
  type PerProduct,
  productKey,
} from '../../domain/settings/chat-settings.ts';
import type { SettingRequest } from '../../domain/settings/setting-change.ts';
import type { SettingAsked } from '../../language/query.ts';
import type { AnswerDeps } from '../answer/deps.ts';
import type { SettingNow } from '../answer/setting-facts.ts';

const perProduct = (name: string): PerProduct | undefined => PER_PRODUCT.find((one) => one === name);

/** Settings that are asked about together: who has a role is a group, directory roles, or both. */
const TOGETHER: Readonly<Record<string, readonly string[]>> = {
  OWNER_GROUP_ID: ['OWNER_GROUP_ID', 'OWNER_ROLES'],
  OPERATOR_GROUP_ID: ['OPERATOR_GROUP_ID', 'OPERATOR_ROLES', 'SCOPED_OPERATORS'],
  READER_GROUP_ID: ['READER_GROUP_ID', 'READER_ROLES'],
  AUDITOR_GROUP_ID: ['AUDITOR_GROUP_ID', 'AUDITOR_ROLES'],
  REQUIRE_SECOND_APPROVER: ['REQUIRE_SECOND_APPROVER', 'SECOND_APPROVER_ABOVE_USERS'],
  ON_CALL: ['ON_CALL', 'ON_CALL_NAME'],
};

/** The settings that a question is about; null for all. */
export function keysAsked({ name, product }: SettingAsked, deps: AnswerDeps): readonly string[] | null {
  const ofProduct = perProduct(name);
  if (ofProduct !== undefined) {
    return product === undefined ? null : [productKey(ofProduct, partNumberOf(product, deps) ?? product)];
  }
  return TOGETHER[name] ?? (chatSetting(name) === null ? null : [name]);
}

/** The part number of a product by its part number, id or name, whatever its capitals; null for none. */
export function partNumberOf(said: string, { directory }: Pick<AnswerDeps, 'directory'>): string | null {
  const text = said.trim().toLowerCase();
  const sku = directory.skus.find(({ skuId, partNumber, displayName }) =>
    [skuId, partNumber, displayName].some((name) => name.toLowerCase() === text),
  );
  if (sku) return sku.partNumber || sku.skuId;
  // A product that the tenant has not yet: by Microsoft's part number.
  return /^[a-z0-9]+(?:[_-][a-z0-9]+)+$/i.test(said.trim()) ? said.trim() : null;
}

/** The ids of groups that settings and waiting changes name. */
export const groupsIn = (all: readonly SettingNow[], requests: readonly SettingRequest[]): string[] => [
  ...new Set(
    [
      ...all.filter(({ key }) => isGroupSetting(key)).map(({ value }) => value),
      ...requests.flatMap(({ changes }) =>
        changes.filter(({ key }) => isGroupSetting(key)).flatMap(({ from, to }) => [from, to]),
      ),
    ].flatMap((id) => (id === null ? [] : [id.toLowerCase()])),
  ),
];
