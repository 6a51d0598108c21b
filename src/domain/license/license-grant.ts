/** A license as somebody had it: the product, and the service plans that were switched off. Ids are lower case. */
export type LicenseGrant = { skuId: string; disabledPlans: string[] };
