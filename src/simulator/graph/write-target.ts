import type { ApiCall } from '../http/message.ts';

/**
 * Names what a write is for, so that the same write has the same name each time: the path without `/v1.0`,
 * and a member by its id also where the request names it in its body.
 */
export function writeTarget(request: ApiCall): string {
  const path = request.path.replace(/^\/v1\.0/i, '').toLowerCase();
  const reference = /"@odata\.id"\s*:\s*"[^"]*\/([^/"]+)"/.exec(request.body)?.[1];
  const withoutRef = path.replace(/\/\$ref$/, '');
  return reference === undefined ? withoutRef : `${withoutRef}/${reference.toLowerCase()}`;
}
