/** A message that waits to be sent. `notBefore` is ms UTC. */
export type OutboxItem = {
  /** Unique: the same key is never queued twice. */
  key: string;
  message:
    | { kind: 'incident'; incidentId: string; revision: number }
    /** A `call` is a notice that calls the person on call. `to` is the key of the one conversation that it is for. */
    | { kind: 'notice' | 'call'; title: string; text: string; to?: string | undefined }
    /** A request for a second operator beside any incident: its card in the alert channel. */
    | { kind: 'request'; requestId: string; revision: number }
    /** An alert of detections. */
    | { kind: 'security'; incidentId: string; revision: number };
  notBefore: number;
};
