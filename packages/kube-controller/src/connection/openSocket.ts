import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { KubeSocket, SocketRefusal, SocketRequest } from './Connection';
import type { Credentials } from './readCredentials';

const handshakeMs = 30_000;
/** Bytes of one message; the API server sends far smaller ones. */
const longestMessage = 16 * 2 ** 20;
/** Milliseconds after which a connection is broken whose server does not close it, too. */
const closingMs = 1_000;

/** Opens a WebSocket (RFC 6455). It is paused, so that nothing is missed before somebody listens. */
export function openSocket(
  address: string,
  { headers, protocols, signal }: SocketRequest,
  tls: Credentials['tls'],
): Promise<KubeSocket | SocketRefusal> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, protocols, {
      ...tls,
      headers: headers as Record<string, string>,
      handshakeTimeout: handshakeMs,
      maxPayload: longestMessage,
      perMessageDeflate: false,
    });
    const abort = () => socket.terminate();
    signal?.addEventListener('abort', abort);
    socket.once('close', () => signal?.removeEventListener('abort', abort));
    // After it was opened, an error is followed by its end, which is told.
    socket.on('error', reject);
    socket.once('unexpected-response', (request, response) => {
      text(response)
        .then(words =>
          resolve({ status: response.statusCode ?? 500, text: words }),
        )
        .catch(reject)
        .finally(() => request.destroy());
    });
    socket.once('open', () => {
      socket.pause();
      resolve(asKubeSocket(socket));
    });
  });
}

function asKubeSocket(socket: WebSocket): KubeSocket {
  return {
    protocol: socket.protocol,
    get waiting() {
      return socket.bufferedAmount;
    },
    send: bytes => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes);
    },
    onMessage: listener =>
      socket.on('message', bytes => listener(bytes as Buffer)),
    onClose: listener => socket.once('close', () => listener()),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close() {
      socket.resume();
      socket.close();
      setTimeout(() => socket.terminate(), closingMs).unref();
    },
  };
}
