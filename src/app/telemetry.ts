import type { TelemetryConfig } from '../config/telemetry.ts';
import type { Clock } from '../domain/ports.ts';
import { componentLogger, type Logger } from '../observability/logger.ts';
import type { Telemetry } from '../observability/telemetry/start-telemetry.ts';

/** Connects to the receiver of traces and figures; null where none is set. Only then are OpenTelemetry’s packages loaded. */
export async function telemetryOf(
  config: TelemetryConfig | null,
  clock: Clock,
  log: Logger,
): Promise<Telemetry | null> {
  if (config === null) return null;
  const { startTelemetry } = await import('../observability/telemetry/start-telemetry.ts');
  return startTelemetry({ ...config, now: () => clock.now(), log: componentLogger(log, 'telemetry') });
}
