import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const port = 17_421;
const readySeconds = 10;

/** Option of Node that opens the inspector on loopback. */
export const inspected = `--inspect=127.0.0.1:${port}`;

/** Frees all memory of an inspected program that nothing refers to (Chrome DevTools Protocol, HeapProfiler). */
export async function collectGarbage(): Promise<void> {
  const socket = new WebSocket(await address());
  await once(socket, 'open');
  try {
    // The space that the first one releases may hold more.
    for (const id of [1, 2]) {
      const answered = new Promise(resolve => {
        socket.addEventListener('message', resolve, { once: true });
      });
      socket.send(
        JSON.stringify({ id, method: 'HeapProfiler.collectGarbage' }),
      );
      await answered;
    }
  } finally {
    socket.close();
  }
}

async function address(): Promise<string> {
  const end = performance.now() + readySeconds * 1000;
  while (performance.now() < end) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(
      () => undefined,
    );
    const [target] = answer ? ((await answer.json()) as any[]) : [];
    if (target) return target.webSocketDebuggerUrl;
    await pause(100);
  }
  throw new Error('The portal cannot be inspected');
}
