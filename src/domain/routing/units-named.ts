import type { Route } from './route.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether any route asks for administrative units: only then are they looked up. */
export const asksForUnits = (route: Route): boolean =>
  route.matchers.some(({ label }) => label === 'unit') || route.routes.some(asksForUnits);

/** Ids of administrative units that routes name, each once. */
export function unitsNamed(route: Route): string[] {
  const here = route.matchers.flatMap(({ label, values }) => (label === 'unit' ? (values ?? []) : []));
  return [...new Set([...here.filter((one) => ID.test(one)), ...route.routes.flatMap(unitsNamed)])];
}
