import type { Consumer, Workload } from '../workload';
import { escapeVariables } from './escapeVariables';
import { probes } from './probes';
import { bundlePath, runtimeContainer } from './runtimeContainer';

/** Name of the container that takes messages. */
export const consumerName = 'consumer';
/** Port on which it says how it is. */
export const consumerPort = 8081;
/** Command of the runtime; what an image starts by itself is the server. */
export const runtimeCommand = ['python3', '-m', 'bailiwick'];

/** Takes messages all the time and writes what the app's function makes of them into the store. */
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
