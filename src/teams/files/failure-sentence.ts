import type { UploadFailure } from '../../domain/ports.ts';

const WHAT_TO_DO: Readonly<Record<UploadFailure, string>> = {
  address:
    'I was asked to put the file somewhere that isn’t Microsoft’s storage, so I sent nothing. Please ask for it again.',
  expired: 'The place that OneDrive kept for the file is gone. Please ask for the file again.',
  full: 'Your OneDrive has no room for the file. Make room, then ask for it again.',
  refused:
    'OneDrive did not take the file. Please ask for it again; “license-watch export” in a terminal writes it too.',
  unreachable: 'OneDrive could not be reached. Please ask for the file again in a few minutes.',
  cancelled: 'I was stopped before the file was there. Please ask for it again.',
};

/** Why there is no file and what to do, with the number that the log has too. */
export const failureSentence = (reason: UploadFailure, reference: string): string =>
  `${WHAT_TO_DO[reason]} The number ${reference} finds it in my log.`;
