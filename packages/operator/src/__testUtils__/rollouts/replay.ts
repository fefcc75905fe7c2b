import {
  KubeApiError,
  type Deployment,
  type KubeClient,
  type KubeObject,
  type KubeRequest,
  type Node,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import type {
  App,
  AppEnvironmentStatus,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { app as anApp } from '@bailiwick/backstage-testing/objects';
import { readFileSync } from 'node:fs';
import type { Caches } from '../../cache';
import { PodProber, type HealthReport } from '../../kinds/app/health';
import { observeEnvironment } from '../../kinds/app/observeEnvironment';
import { appStatus } from '../../kinds/app/status';
import type { PodAnswer, RolloutHead, RolloutLine } from './Rollout';

/** Lines so many milliseconds apart reach the operator together. */
const together = 20;

/** Status of a recording, from one second on. */
export interface Said extends AppEnvironmentStatus {
  /** Seconds since the start. */
  at: number;
}

/** Statuses during the replay of a recording. */
export interface Replayed {
  head: RolloutHead;
  said: Said[];
  /** Seconds that it took. */
  end: number;
}

/** Options of a replay. */
export interface ReplayOptions {
  file: string;
  /** The clock of this process. */
  clock: {
    /** @param now - milliseconds since 1970 */
    set: (now: number) => void;
    advance: (milliseconds: number) => void;
  };
  /** Whether the operator restarts before each observation, without memory. */
  forgets?: boolean;
  /** Additional information about working pods. */
  note?: HealthReport;
}

/** The objects and the words of pods at one moment of a recording. */
class Scene {
  readonly #objects = new Map<string, KubeObject>();
  readonly #answers = new Map<string, PodAnswer>();

  constructor(lines: RolloutLine[]) {
    // A contract never changes, and was asked for a moment after the operator would have.
    for (const line of lines.toReversed())
      if ('answer' in line && line.answer.path === '/contract') this.show(line);
  }

  /** Caches of the operator. */
  readonly caches = {
    pods: { index: () => this.#all<Pod>('Pod') },
    deployments: { get: () => this.#all<Deployment>('Deployment')[0] },
    nodes: {
      get: (name: string) =>
        this.#all<Node>('Node').find(({ metadata }) => metadata.name === name),
    },
  } as unknown as Caches;

  /** The wire to the pods, on which they answer as they did. */
  readonly client = {
    request: async ({ path }: KubeRequest) => {
      const [, pod, asked] = /pods\/([^:]+):8080\/proxy(.+)/.exec(path) ?? [];
      const { status, body } = this.#answers.get(`${pod} ${asked}`) ?? {};
      if (status === 200) return body;
      if (status) throw KubeApiError.fromAnswer(status, `${body}`);
      throw Object.assign(new Error('No answer'), { name: 'TimeoutError' });
    },
  } as unknown as KubeClient;

  /** Whether there is a Deployment. */
  get hasBegun(): boolean {
    return this.#all('Deployment').length > 0;
  }

  /** Plays an event. */
  show(line: RolloutLine): void {
    if ('put' in line) this.#objects.set(nameOf(line.put), line.put);
    if ('gone' in line) this.#objects.delete(nameOf(line.gone));
    if ('answer' in line) {
      const { path, pod } = line.answer;
      this.#answers.set(`${pod} ${path}`, line.answer);
    }
  }

  #all<T extends KubeObject>(kind: string): T[] {
    return [...this.#objects.values()].filter(
      (one): one is T => one.kind === kind,
    );
  }
}

function nameOf({ kind, metadata }: KubeObject): string {
  return `${kind}/${metadata.name}`;
}

/** Plays a recording to the health evaluation, as an operator would see it. */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const { head, lines } = readRollout(options.file);
  const start = Date.parse(head.startedAt);
  const scene = new Scene(lines);
  options.clock.set(start);
  const said: Said[] = [];
  const end = lines.at(-1)?.at ?? 0;
  const { app: name, environment, tenant } = head.place;
  let app: App = anApp(name, `${tenant}--home`);
  let prober = new PodProber(scene.client);
  let position = 0;
  // The state before the operator has created the Deployment does not affect its health.
  while (position < lines.length && !scene.hasBegun) {
    scene.show(lines[position]);
    position += 1;
  }
  let look: number | undefined = lines[position - 1].at;
  while (position < lines.length || (look !== undefined && look <= end)) {
    const at = Math.min(lines[position]?.at ?? Infinity, look ?? Infinity);
    while (lines[position]?.at <= at + together) {
      scene.show(lines[position]);
      position += 1;
    }
    const now = new Date(start + at);
    options.clock.advance(now.getTime() - Date.now());
    if (options.forgets) prober = new PodProber(scene.client);
    const { recheckAfter, state } = await observeEnvironment(
      scene.caches,
      prober,
      app,
      { name: environment, revision: 'draft' },
      {
        instance: head.place,
        obstacle: undefined,
        note: options.note,
        now,
        signal: new AbortController().signal,
      },
    );
    const status = appStatus(app, [state], now, []);
    const [written] = status.environments ?? [];
    if (JSON.stringify(status) !== JSON.stringify(app.status))
      said.push({ ...written, at: at / 1000 });
    app = { ...app, status };
    look =
      recheckAfter === undefined ? undefined : at + Math.max(1, recheckAfter);
  }
  return { head, said, end: end / 1000 };
}

function readRollout(file: string): {
  head: RolloutHead;
  lines: RolloutLine[];
} {
  const [head, ...lines] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  return { head, lines };
}
