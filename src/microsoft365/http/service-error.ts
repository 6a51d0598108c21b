import { z } from 'zod';

const ErrorBody = z.object({
  error: z.object({
    code: z.string().catch(''),
    message: z.string().catch(''),
    innerError: z.object({ code: z.string() }).nullish().catch(null),
    details: z
      .array(z.object({ code: z.string() }))
      .nullish()
      .catch(null),
  }),
});

/**
 * What a service said about a refused request; empty texts where it said nothing that we can read. Codes that
 * are more exact than the first stand in `details` or in `innerError`.
 */
export type ServiceError = { code: string; message: string; detailCodes: string[] };

/** Reads the error envelope that Graph and the Management Activity API share. Never throws. */
export function serviceError(text: string): ServiceError {
  const parsed = ErrorBody.safeParse(jsonOrNull(text));
  if (!parsed.success) return { code: '', message: '', detailCodes: [] };
  const { code, message, details, innerError } = parsed.data.error;
  const inner = innerError ? [innerError.code] : [];
  return { code, message, detailCodes: [...(details?.map((detail) => detail.code) ?? []), ...inner] };
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
