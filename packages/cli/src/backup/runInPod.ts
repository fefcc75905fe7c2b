import {
  coreKinds,
  resourcePath,
  type KubeClient,
  type KubeSocket,
} from '@bailiwick/backstage-kube-controller';
import { createWriteStream } from 'node:fs';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Subprotocols of the API server; the first byte of each message is its channel. */
const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];
const channel = { input: 0, output: 1, errors: 2, status: 3 };
/** Bytes of input that may wait for the program. */
const mostWaiting = 4_000_000;
const pauseMs = 20;

/** A program in a container of a pod. */
export interface PodProgram {
  namespace: string;
  pod: string;
  container?: string;
  command: string[];
  /** Sent to the program. */
  input?: Readable;
  /** Receives its output. */
  output?: Writable;
  /** The most bytes of output; unlimited by default. */
  maxBytes?: number;
  /** Ends the program. */
  signal?: AbortSignal;
}

interface ExecStatus {
  status?: string;
  message?: string;
}

/**
 * Runs a program in a pod until it ends.
 *
 * @throws KubeApiError if it cannot be started, Error with its messages if it fails
 */
export async function runInPod(
  client: KubeClient,
  program: PodProgram,
): Promise<void> {
  const { command, container, input, namespace, pod, signal } = program;
  const socket = await client.openSocket({
    path: resourcePath(coreKinds.pods, {
      namespace,
      name: pod,
      subresource: 'exec',
    }),
    query: {
      command,
      container,
      stdin: Boolean(input),
      stdout: true,
      stderr: true,
    },
    protocols,
    signal,
  });
  const ended = endOf(socket, program);
  try {
    if (input) await Promise.race([send(socket, input), ended]);
    await ended;
  } finally {
    socket.close();
  }
}

/** Runs a program in a pod, and returns its output without white space around it. @throws as {@link runInPod} */
export async function readFromPod(
  client: KubeClient,
  program: PodProgram,
): Promise<string> {
  const output = new PassThrough();
  const printed = text(output);
  await runInPod(client, { ...program, output });
  output.end();
  return (await printed).trim();
}

/** Runs a program in a pod, and writes its output into a file. @throws as {@link runInPod} */
export async function saveFromPod(
  client: KubeClient,
  program: PodProgram,
  file: string,
): Promise<void> {
  const output = createWriteStream(file);
  await runInPod(client, { ...program, output });
  output.end();
  await finished(output);
}

/** Reads until the program has ended. @throws Error with its messages if it fails */
function endOf(
  socket: KubeSocket,
  { maxBytes = Infinity, output, signal }: PodProgram,
): Promise<void> {
  let messages = '';
  let bytesRead = 0;
  let status: ExecStatus = { message: 'the connection broke' };
  return new Promise((resolve, reject) => {
    socket.onMessage(message => {
      const bytes = message.subarray(1);
      if (message[0] === channel.errors) messages += `${bytes}`;
      if (message[0] === channel.status) {
        status = JSON.parse(`${bytes}`);
        socket.close();
      }
      if (message[0] !== channel.output || !output) return;
      bytesRead += bytes.length;
      if (bytesRead > maxBytes) {
        messages = `more than ${maxBytes} bytes`;
        socket.close();
        return;
      }
      if (output.write(bytes)) return;
      socket.pause();
      output.once('drain', () => socket.resume());
    });
    socket.onClose(() => {
      if (signal?.aborted) reject(new Error('it took too long'));
      else if (status.status === 'Success') resolve();
      else reject(new Error(messages.trim() || status.message));
    });
    output?.once('error', error => {
      socket.close();
      reject(error);
    });
    socket.resume();
  });
}

async function send(socket: KubeSocket, input: Readable): Promise<void> {
  for await (const chunk of input) {
    socket.send(Buffer.concat([Buffer.from([channel.input]), chunk]));
    while (socket.waiting > mostWaiting) await pause(pauseMs);
  }
}
