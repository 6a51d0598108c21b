import { z } from 'zod';

/** An address as Teams sends it; where it leads is checked before anything goes there. */
const Address = z.string().min(1).max(8_000);

/**
 * What `fileConsent/invoke` brings: "Send and receive files using a bot" of the Teams documentation. The
 * context is the one that our card had.
 */
export const FileConsent = z.discriminatedUnion('action', [
  z.object({ action: z.literal('decline'), context: z.object({ fileId: z.string().min(1).max(100) }) }),
  z.object({
    action: z.literal('accept'),
    context: z.object({ fileId: z.string().min(1).max(100) }),
    uploadInfo: z.object({
      uploadUrl: Address,
      contentUrl: Address,
      name: z.string().min(1).max(400),
      uniqueId: z.string().min(1).max(200),
      fileType: z.string().min(1).max(50),
    }),
  }),
]);
export type FileConsent = z.infer<typeof FileConsent>;
export type UploadInfo = Extract<FileConsent, { action: 'accept' }>['uploadInfo'];
