import type { Consumer, Workload } from '../workload';
import { escapeVariables } from './escapeVariables';
import { probes } from './probes';
import { bundlePath, runtimeContainer } from './runtimeContainer';

/** Name of the container that consumes messages. */
export const consumerName = 'consumer';
/** Port of its health endpoint. */
export const consumerPort = 8081;
/** Command of the runtime; the default command of an image is the server. */
export const runtimeCommand = ['python3', '-m', 'bailiwick'];

/**
 * Returns the container that consumes messages and writes the results of the app's function to the
 * store.
 */
export function consumerContainer(workload: Workload, consumer: Consumer) {
  const { connection, topics, window } = consumer;
  return {
    ...runtimeContainer(workload, consumerName, { writesStore: true }),
    command: runtimeCommand,
    args: [
      'consume',
      '--bundle',
      bundlePath,
      '--function',
      consumer.function,
      '--connection',
      connection,
      '--topics',
      escapeVariables(JSON.stringify(topics)),
      '--window-seconds',
      `${window.seconds}`,
      '--window-messages',
      `${window.messages}`,
      '--port',
      `${consumerPort}`,
    ],
    ports: [{ name: 'state', containerPort: consumerPort, protocol: 'TCP' }],
    ...probes('state'),
  };
}
