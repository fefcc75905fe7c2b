import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import type { KubeSocket, SocketRefusal, SocketRequest } from './Connection';
import type { Credentials } from './readCredentials';

const handshakeMs = 30_000;
/** Maximum size of a message in bytes; the API server sends far smaller ones. */
const longestMessage = 16 * 2 ** 20;
/**
 * Milliseconds after which a closed connection is destroyed if the server does not close it as
 * well.
 */
const closingMs = 1_000;

/** Opens a WebSocket (RFC 6455), paused until there is a listener. */
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
    // After opening, an error is followed by a close event.
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
    send: (bytes, onSent) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(bytes, onSent);
      else onSent?.(closedError());
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

function closedError(): Error {
  return Object.assign(new Error('The connection is closed'), {
    code: 'EPIPE',
  });
}
