/**
 * People whose use of Exchange is made up here, day by day, with the reports that Microsoft would make of it. Imports
 * nothing of the product: what is right is known without it.
 */
const DAY = 86_400_000;
export const EXCHANGE_PLAN_1 = '4b9405b0-7788-4568-add1-99614e613b69';

export type Made = {
  id: string;
  /** Its name now, and the one by which the report knows it. */
  upn: string;
  reportedUpn: string;
  createdAt: number;
  signedInAt: number;
  /** Every day on which Exchange was used, newest first, ms UTC. */
  usedOn: number[];
  /** Rows of the report; none where it leaves the person out. */
  rows: (number | null)[];
  /** Whether it is right to say that Exchange was not used in the 90 days up to the report. */
  unused: boolean;
};

/** A stretch of numbers that look like chance and are the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state % below;
  };
}

/** So many people on a day (ms UTC at midnight); the report is `late` days old. */
export function peopleWhoUseExchange(size: number, today: number, late: number, seed = 7): Made[] {
  const next = numbers(seed);
  const refreshed = today - late * DAY;
  const first = refreshed - 90 * DAY;
  return Array.from({ length: size }, (_, no): Made => {
    const createdAt = today - (next(12) === 0 ? next(40) : 40 + next(1_000)) * DAY;
    const wont = next(5) === 0;
    const gap = wont ? 80 + next(200) : next(60);
    const usedOn = Array.from({ length: next(6) }, (_unused, day) => today - (gap + day * 9) * DAY).filter(
      (day) => day >= createdAt,
    );
    // Somebody comes back in the days that no report tells of yet.
    if (next(50) === 0) usedOn.unshift(today - next(late) * DAY);
    const told = usedOn.filter((day) => day <= refreshed && day >= refreshed - 180 * DAY);
    const last = told[0] ?? null;
    const isListed = createdAt <= refreshed && next(40) !== 0;
    const twice = next(30);
    const rows = !isListed ? [] : twice === 0 ? [last, null] : twice === 1 ? [null, last] : [last];
    const upn = `person${no}@contoso.com`;
    const renamed = next(60) === 0;
    return {
      id: `user-${String(no).padStart(6, '0')}`,
      upn,
      reportedUpn: renamed ? `was${no}@contoso.com` : upn,
      createdAt,
      signedInAt: today - next(3) * DAY,
      usedOn,
      rows,
      unused: isListed && refreshed - createdAt >= 30 * DAY && !told.some((day) => day >= first),
    };
  });
}
