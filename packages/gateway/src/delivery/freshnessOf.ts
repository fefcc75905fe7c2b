import type { RunOrigin } from '../upstream';

/** Returns the headers with the age of rows, and the run that stored them (RFC 9110, section 8.8.2). */
export function freshnessOf({
  modifiedAt,
  run,
}: {
  modifiedAt?: Date;
  run?: RunOrigin;
}): Record<string, string> {
  const at = run?.finishedAt ?? modifiedAt;
  return {
    ...(at && { 'last-modified': at.toUTCString() }),
    ...(run && { 'bailiwick-run': run.name }),
  };
}
