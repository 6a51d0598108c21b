import { openIncidents } from '../questions/incidents.ts';
import { loadNames, usersById } from '../words/names.ts';
import { type ExportTable, iso, plainRow } from './table.ts';

const COLUMNS = [
  'id',
  'opened_at',
  'severity',
  'kind',
  'cause',
  'certainty',
  'actor',
  'products',
  'user_ids',
  'users',
  'users_restored',
  'snoozed_until',
] as const;

/** Incidents that wait for a decision, the gravest and newest first. */
export const incidentsTable: ExportTable = {
  columns: COLUMNS,
  async *rows(store, selection) {
    const names = await loadNames(store);
    for (const incident of await openIncidents(selection, { store })) {
      const users = await usersById(store, incident.userIds);
      yield [
        plainRow(COLUMNS, [
          incident.id,
          iso(incident.openedAt),
          incident.severity,
          incident.kind,
          incident.cause,
          incident.level,
          incident.actor?.name ?? incident.actor?.id ?? null,
          incident.skuIds.map(names.product).join('; '),
          incident.userIds.join('; '),
          incident.userIds.map((id) => users.get(id)?.state.userPrincipalName ?? id).join('; '),
          incident.restoredUserIds.length,
          iso(incident.snoozedUntil),
        ]),
      ];
    }
  },
};
