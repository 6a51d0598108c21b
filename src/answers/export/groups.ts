import { givesText, kindOf } from '../questions/groups.ts';
import { namesIn } from '../words/names.ts';
import { type ExportTable, plainRow } from './table.ts';

const COLUMNS = ['group_id', 'group', 'gives', 'users', 'in_error', 'kind', 'membership_rule'] as const;

/** The groups that give licenses, each with what it gives and how many users have it by that. */
export const groupsTable: ExportTable = {
  columns: COLUMNS,
  async *rows({ users }, { skus }) {
    const tenant = await users.tenant();
    const names = namesIn(tenant);
    const counts = new Map((await users.groupCounts()).map((one) => [one.groupId, one]));
    yield tenant.groups
      .filter(({ assignedLicenses }) =>
        assignedLicenses.some(({ skuId }) => skus.length === 0 || skus.includes(skuId)),
      )
      .map((group) => {
        const { members = 0, inError = 0 } = counts.get(group.id) ?? {};
        return plainRow(COLUMNS, [
          group.id,
          group.displayName,
          givesText(group, names),
          members,
          inError,
          kindOf(group),
          group.membershipRule,
        ]);
      });
  },
};
