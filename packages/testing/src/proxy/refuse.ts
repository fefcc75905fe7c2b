import type { Reply } from './Reply';
import type { Fault } from './Fault';

/** Answers in place of the API server, as it does when it refuses. */
export function refuse(
  reply: Reply,
  { status, body, retryAfter }: Extract<Fault, { type: 'answer' }>,
): void {
  reply.begin(status, {
    'content-type': 'application/json',
    ...(retryAfter !== undefined && { 'retry-after': `${retryAfter}` }),
  });
  reply.end(
    JSON.stringify({
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code: status,
      message: `The fault proxy answers ${status}`,
      ...body,
    }),
  );
}
