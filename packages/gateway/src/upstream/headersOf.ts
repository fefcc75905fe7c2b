import type {
  FunctionCall,
  PodTiming,
  RunOrigin,
  UpstreamAnswer,
} from './Upstream';

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
  'contentType' | 'rows' | 'run' | 'modifiedAt' | 'retryAfter' | 'timing'
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
    timing: readTiming(headers['server-timing']),
  };
}

/** Reads the metric that the runtime sends (W3C Server Timing); everything else is ignored. */
function readTiming(header: unknown): PodTiming | undefined {
  if (header === undefined) return undefined;
  const [, milliseconds, pod] =
    /^call;dur=(\d{1,8}(?:\.\d{1,3})?)(?:;desc="([\w.-]{1,253})")?$/.exec(
      String(header),
    ) ?? [];
  return milliseconds === undefined
    ? undefined
    : { milliseconds: Number(milliseconds), pod };
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
