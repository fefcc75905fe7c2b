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
): Pick<
  UpstreamAnswer,
  'contentType' | 'rows' | 'run' | 'modifiedAt' | 'retryAfter'
> {
  const rows = String(headers['x-rows'] ?? '');
  const time = new Date(String(headers['last-modified']));
  const modifiedAt = Number.isNaN(+time) ? undefined : time;
  return {
    contentType: String(headers['content-type'] ?? '')
      .split(';')[0]
      .trim(),
    rows: /^\d{1,15}$/.test(rows) ? Number(rows) : undefined,
    run: readRun(headers, modifiedAt),
    modifiedAt,
    retryAfter: Number(headers['retry-after']) || undefined,
  };
}

function readRun(
  headers: Record<string, unknown>,
  finishedAt: Date | undefined,
): RunOrigin | undefined {
  const name = String(headers['x-run'] ?? '');
  return finishedAt && /^[a-z0-9.-]{1,253}$/.test(name)
    ? { name, finishedAt }
    : undefined;
}
