import type { Exchange } from './exchange.ts';

/** Told of each answer of a service, by HTTP status; `null` when none came. */
export type OnAnswer = (service: string, status: number | null) => void;

/** An exchange that tells of each of its answers. What we cancelled ourselves is no answer that is missing. */
export function countedExchange(exchange: Exchange, service: string, onAnswer: OnAnswer): Exchange {
  return async (httpRequest) => {
    try {
      const answer = await exchange(httpRequest);
      onAnswer(service, answer.status);
      return answer;
    } catch (error) {
      if (!httpRequest.signal.aborted) onAnswer(service, null);
      throw error;
    }
  };
}
