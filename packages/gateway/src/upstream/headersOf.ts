import type { FunctionCall, RunOrigin, UpstreamAnswer } from './Upstream';

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
): Pick<UpstreamAnswer, 'contentType' | 'rows' | 'run' | 'retryAfter'> {
  const rows = String(headers['x-rows'] ?? '');
  return {
    contentType: String(headers['content-type'] ?? '')
      .split(';')[0]
      .trim(),
    rows: /^\d{1,15}$/.test(rows) ? Number(rows) : undefined,
    run: readRun(headers),
    retryAfter: Number(headers['retry-after']) || undefined,
  };
}

function readRun(headers: Record<string, unknown>): RunOrigin | undefined {
  const name = String(headers['x-run'] ?? '');
  const finishedAt = new Date(String(headers['last-modified']));
  return /^[a-z0-9.-]{1,253}$/.test(name) && !Number.isNaN(+finishedAt)
    ? { name, finishedAt }
    : undefined;
}
