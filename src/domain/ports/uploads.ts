/** Putting a file where somebody let us put it. */

/** A file that is read part by part, so that its size does not matter. */
export type UploadSource = {
  /** In bytes; more than none. */
  size: number;
  /** The bytes from `from` to before `to`. */
  part(from: number, to: number): Promise<Uint8Array>;
};

/**
 * `address`: nothing was sent, it is no place for the tenant's data; `expired`: the place is not kept any more;
 * `full`: no room is left there; `refused`: any other no; `unreachable`: no whole answer, or failures only.
 */
export type UploadFailure = 'address' | 'expired' | 'full' | 'refused' | 'unreachable' | 'cancelled';

/** `detail` is for the log: without addresses, which are as good as keys. */
export type UploadOutcome = { ok: true } | { ok: false; reason: UploadFailure; detail: string };

export interface FileUploads {
  /** Whether an address that came from outside is in Microsoft's storage for the cloud that we work in. */
  accepts(address: string): boolean;
  /** Writes the whole file to an upload session. Never throws for what a service does. */
  put(address: string, file: UploadSource, signal: AbortSignal): Promise<UploadOutcome>;
}
