import type { Mention } from './mention.ts';

/** A message that waits to be sent. `notBefore` is ms UTC. */
export type OutboxItem = {
  /** Unique: the same key is never queued twice. */
  key: string;
  message: /** With `also`, a card of the same in one more conversation, whose key it is: it stands beside the first. */
    | { kind: 'incident'; incidentId: string; revision: number; also?: string | undefined }
    /**
     * A `call` is a notice that calls the person on call, or who `mention` names. `to` is the key of the one
     * conversation that it is for, `about` that of the card that it is about: it goes where that stands.
     */
    | {
        kind: 'notice' | 'call';
        title: string;
        text: string;
        to?: string | undefined;
        about?: string | undefined;
        mention?: Mention | undefined;
      }
    /** A request for a second operator beside any incident: its card in the alert channel. */
    | { kind: 'request'; requestId: string; revision: number }
    /** An alert of detections. */
    | { kind: 'security'; incidentId: string; revision: number; also?: string | undefined };
  notBefore: number;
};
