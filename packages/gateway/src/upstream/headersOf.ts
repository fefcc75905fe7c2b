import type { FunctionCall, UpstreamAnswer } from './Upstream';

/** Returns the headers of a call. */
export function headersOf({
  accept,
  id,
  lastEventId,
}: FunctionCall): Record<string, string> {
  return {
    'x-request-id': id,
    ...(accept && { accept }),
    ...(lastEventId && { 'last-event-id': lastEventId }),
  };
}

/** Returns what the headers of a response say about its body. */
export function readHeaders(
  headers: Record<string, unknown>,
): Pick<UpstreamAnswer, 'contentType' | 'rows' | 'retryAfter'> {
  const rows = String(headers['x-rows'] ?? '');
  return {
    contentType: String(headers['content-type'] ?? '')
      .split(';')[0]
      .trim(),
    rows: /^\d{1,15}$/.test(rows) ? Number(rows) : undefined,
    retryAfter: Number(headers['retry-after']) || undefined,
  };
}
