import {
  coreKinds,
  resourcePath,
  type KubeClient,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { readableText } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { LogLine } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { readLines } from './readLines';

/** One container of a pod, whose log can be read. */
export interface LogSource {
  pod: string;
  namespace: string;
  container: string;
  /** Restarts so far. */
  restarts: number;
  isRunning: boolean;
}

/** Returns the containers that have started and so have a log. */
export function sourcesOf(pods: Pod[], container?: string): LogSource[] {
  return pods.flatMap(({ metadata, status }) =>
    (status?.containerStatuses ?? [])
      .filter(
        ({ lastState, name, state }) =>
          (!container || name === container) &&
          (state?.running || state?.terminated || lastState?.terminated),
      )
      .map(({ name, restartCount, state }) => ({
        pod: metadata.name,
        namespace: metadata.namespace ?? '',
        container: name,
        restarts: restartCount,
        isRunning: state?.running !== undefined,
      })),
  );
}

/** Selects the lines of a source. */
export interface LinesWanted {
  follow?: boolean;
  previous?: boolean;
  tail?: number;
  /** Seconds back from now. */
  since?: number;
  /** RFC 3339; lines until then are left out. */
  after?: string;
  signal: AbortSignal;
}

/** RFC 3339. */
const beginsWithTime = /^\d{4}-\d\d-\d\dT/;

/** The lines of a source, as the person whose client it is, while they arrive. */
export async function* linesFrom(
  client: KubeClient,
  {
    container,
    namespace,
    pod,
  }: Pick<LogSource, 'namespace' | 'pod'> & { container?: string },
  { after, follow, previous, signal, since, tail }: LinesWanted,
): AsyncGenerator<LogLine> {
  const { body } = await client.stream({
    path: resourcePath(coreKinds.pods, {
      namespace,
      name: pod,
      subresource: 'log',
    }),
    query: {
      container,
      follow,
      previous,
      timestamps: true,
      tailLines: after ? undefined : tail,
      sinceSeconds: after ? undefined : since,
      sinceTime: after,
    },
    // A program that prints nothing leaves even the head of the answer to be waited for.
    timeout: follow ? 0 : undefined,
    signal,
  });
  for await (const line of readLines(body)) {
    const [at, text] = splitAtSpace(line);
    // Messages of the kubelet itself have no timestamp and are not the program's.
    if (!beginsWithTime.test(at)) continue;
    // The API server has whole seconds only.
    if (after === undefined || at > after)
      yield { pod, container: container ?? '', at, text: readableText(text) };
  }
}

function splitAtSpace(line: string): [string, string] {
  const end = line.indexOf(' ');
  return end < 0 ? [line, ''] : [line.slice(0, end), line.slice(end + 1)];
}
