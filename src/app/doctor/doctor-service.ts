import type { Config } from '../../config/config.ts';
import type { PartlyConfig } from '../../config/partly.ts';
import type { RolesConfig } from '../../config/roles.ts';
import type { DoctorReport } from '../../domain/doctor/report.ts';
import type { Clock, Store } from '../../domain/ports.ts';
import { runDoctor } from './run-doctor.ts';

/** Somebody waits in a chat, and Teams for no longer than 15 seconds, ms. */
const WITHIN_MS = 11_000;

type DoctorParts = {
  config: Parameters<typeof whole>[0];
  /** As they are set now: some of it may be set in chat. */
  roles: () => RolesConfig;
  clock: Clock;
  store: Pick<Store, 'doctor'>;
};

/**
 * The doctor of a running bot: what it finds is kept, so that the next run can say what is another. Who asks while one
 * runs gets its findings.
 */
export function createDoctorService({
  config,
  roles,
  clock,
  store,
}: DoctorParts): () => Promise<DoctorReport> {
  let running: Promise<DoctorReport> | null = null;

  async function run(): Promise<DoctorReport> {
    const before = await store.doctor.last();
    const findings = await runDoctor({
      settings: whole(config, roles()),
      env: {},
      now: () => clock.now(),
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    const at = clock.now();
    await store.doctor.keep(findings, at);
    return { at, findings, before };
  }

  return () => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Settings with which a bot has started: no part of them is wrong. */
function whole(
  { tenant, cloud, bot, http, data }: Pick<Config, 'tenant' | 'cloud' | 'bot' | 'http' | 'data'>,
  roles: RolesConfig,
): PartlyConfig {
  const part = <Value>(value: Value) => ({ value, problems: [] });
  return {
    tenant: part(tenant),
    cloud: part(cloud),
    bot: part(bot),
    http: part(http),
    data: part(data),
    roles: part(roles),
    others: [],
  };
}
