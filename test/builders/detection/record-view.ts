import type { FieldValue, RecordView } from '../../../src/domain/detection/record-view.ts';

/** A record with these fields, found by their name without case; one value or a list of them. */
export function aView(
  fields: Record<string, FieldValue | FieldValue[]>,
  overrides: Partial<RecordView> = {},
): RecordView {
  const byName = new Map(
    Object.entries(fields).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value : [value],
    ]),
  );
  return {
    id: 'record-1',
    at: Date.UTC(2026, 7, 5, 9),
    form: 'activity',
    operation: String(byName.get('operation')?.[0] ?? 'Add user').replace(/\.$/, ''),
    together: null,
    values: (field) => byName.get(field.toLowerCase()),
    texts: () => [...byName.values()].flat().filter((value) => typeof value === 'string'),
    labels: {},
    ...overrides,
  };
}
