import type { FunctionCall } from './Upstream';

/** Returns the headers of a call. */
export function headersOf({
  id,
  lastEventId,
}: FunctionCall): Record<string, string> {
  return {
    'x-request-id': id,
    ...(lastEventId && { 'last-event-id': lastEventId }),
  };
}
