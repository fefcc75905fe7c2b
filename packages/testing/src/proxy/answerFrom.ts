import type { Reply } from './Reply';
import type { Fault } from './Fault';

/** Answers a list as it was once, in one piece or streamed (KEP-3157). */
export function answerFrom(
  reply: Reply,
  isStreamed: boolean,
  { earlier, holdMilliseconds }: Extract<Fault, { type: 'answerFrom' }>,
): void {
  const { items, resourceVersion } = earlier;
  reply.begin(200, { 'content-type': 'application/json' });
  if (!isStreamed) {
    reply.end(JSON.stringify({ metadata: { resourceVersion }, items }));
    return;
  }
  for (const object of items)
    reply.write(`${JSON.stringify({ type: 'ADDED', object })}\n`);
  const annotations = { 'k8s.io/initial-events-end': 'true' };
  const bookmark = { metadata: { resourceVersion, annotations } };
  reply.write(`${JSON.stringify({ type: 'BOOKMARK', object: bookmark })}\n`);
  // The next watch resumes from there at the real server, which sends the missing events.
  setTimeout(() => reply.end(), holdMilliseconds);
}
