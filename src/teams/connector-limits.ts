import type { TurnContext } from 'botbuilder';
import { z } from 'zod';

/** A turn of Teams ends after 15 seconds; an attempt that takes longer than this serves nobody. */
const ATTEMPT_TIMEOUT_MS = 10_000;

type Request = { timeout: number };
type Policy = {
  name: string;
  sendRequest(request: Request, next: (request: Request) => Promise<unknown>): Promise<unknown>;
};
type Pipeline = { addPolicy(policy: Policy): void; removePolicy(policy: { name: string }): void };

/**
 * The connector keeps its pipeline to itself and takes neither a time-out nor a number of attempts. Where a
 * later SDK has none here, its own behaviour stays.
 */
const WithPipeline = z.object({
  client: z.object({
    pipeline: z.custom<Pipeline>(
      (value) =>
        z.looseObject({ addPolicy: z.function(), removePolicy: z.function() }).safeParse(value).success,
    ),
  }),
});

function pipelineOf(context: TurnContext): Pipeline | null {
  const connector = WithPipeline.safeParse(context.turnState.get(context.adapter.ConnectorClientKey));
  return connector.success ? connector.data.client.pipeline : null;
}

/** Ends every attempt to reach Teams after a time: the SDK would wait for as long as the line is open. */
export function limitAttempts(context: TurnContext): void {
  pipelineOf(context)?.addPolicy({
    name: 'attemptTimeout',
    sendRequest: (request, next) => {
      request.timeout = ATTEMPT_TIMEOUT_MS;
      return next(request);
    },
  });
}

/** Makes one attempt of each send, for callers who try again themselves, and more patiently than the SDK. */
export function attemptOnce(context: TurnContext): void {
  pipelineOf(context)?.removePolicy({ name: 'defaultRetryPolicy' });
}
