import {
  coreKinds,
  Informer,
  KubeApiError,
  type KubeClient,
  type KubeObject,
  type Pod,
} from '@bailiwick/backstage-kube-controller';
import { labels } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { setTimeout as pause } from 'node:timers/promises';
import { isReady } from '../../kinds/app/health';
import type { PodAnswer, RolloutHead, RolloutLine } from './Rollout';
import { trim } from './trim';

const askMs = 1000;
const answerMs = 5000;

/** Records an operator's view of an app in an environment, from now on. */
export class Recording {
  readonly #client: KubeClient;
  readonly #head: RolloutHead;
  readonly #lines: RolloutLine[] = [];
  readonly #start = Date.now();
  readonly #abort = new AbortController();
  readonly #last = new Map<string, string>();
  readonly #pods: Informer<Pod>;
  readonly #asking: Promise<void>;

  constructor(client: KubeClient, head: Omit<RolloutHead, 'startedAt'>) {
    const { app, namespace } = head.place;
    const ofApp = {
      client,
      namespace,
      labelSelector: `${labels.app}=${app}`,
    };
    const startedAt = new Date(this.#start).toISOString();
    this.#client = client;
    this.#head = { ...head, startedAt };
    this.#pods = new Informer({ ...ofApp, type: coreKinds.pods });
    const informers: Informer<any>[] = [
      this.#pods,
      new Informer({ ...ofApp, type: coreKinds.deployments }),
      new Informer({ client, type: coreKinds.nodes }),
    ];
    for (const informer of informers)
      informer.onChange(({ object, type }) =>
        this.#saw({ ...informer.type, ...object }, type === 'deleted'),
      );
    const { signal } = this.#abort;
    informers.forEach(informer => informer.start(signal));
    this.#asking = this.#askOnAndOn(signal);
  }

  /** Records an action. */
  note(text: string): void {
    this.#write({ note: text });
  }

  /** Ends it. @returns its lines as JSON, the first of which is its metadata */
  async end(): Promise<string> {
    this.note('End');
    this.#abort.abort();
    await this.#asking;
    return [this.#head, ...this.#lines]
      .map(line => `${JSON.stringify(line)}\n`)
      .join('');
  }

  #write(what: { note: string } | { answer: PodAnswer }): void {
    this.#lines.push({ at: Date.now() - this.#start, ...what });
  }

  #saw({ apiVersion, kind, metadata, ...rest }: KubeObject, isGone: boolean) {
    const object = trim({ ...rest, apiVersion, kind, metadata } as KubeObject);
    const at = Date.now() - this.#start;
    if (isGone) {
      const { name, namespace, uid } = metadata;
      this.#lines.push({
        at,
        gone: { apiVersion, kind, metadata: { name, namespace, uid } },
      });
      return;
    }
    if (this.#isNews(`${kind}/${metadata.name}`, object))
      this.#lines.push({ at, put: object });
  }

  #isNews(name: string, what: object): boolean {
    const text = JSON.stringify(what);
    const isNews = this.#last.get(name) !== text;
    this.#last.set(name, text);
    return isNews;
  }

  /** Sends the operator's requests to pods. */
  async #askOnAndOn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const pods = this.#pods
        .list()
        .filter(({ metadata }) => !metadata.deletionTimestamp);
      await Promise.all(pods.map(pod => this.#ask(pod, signal)));
      await pause(askMs, undefined, { signal }).catch(() => {});
    }
  }

  async #ask(pod: Pod, signal: AbortSignal): Promise<void> {
    const path = isReady(pod) ? '/contract' : '/readyz';
    const { name, namespace } = pod.metadata;
    const isRunning = pod.status?.containerStatuses?.[0]?.state?.running;
    const isKnown = path === '/contract' && this.#last.has(`${name}${path}`);
    if (!isRunning || isKnown) return;
    const asked: Question = { name, namespace, path };
    const answer = await this.#answer(asked, signal);
    if (!signal.aborted && this.#isNews(`${name}${path}`, answer))
      this.#write({ answer });
  }

  async #answer(
    { name, namespace, path }: Question,
    signal: AbortSignal,
  ): Promise<PodAnswer> {
    try {
      const body = await this.#client.request({
        path: `/api/v1/namespaces/${namespace}/pods/${name}:8080/proxy${path}`,
        signal,
        timeout: answerMs,
      });
      return { pod: name, path, status: 200, body };
    } catch (error) {
      return error instanceof KubeApiError
        ? {
            pod: name,
            path,
            status: error.status,
            body: anonymous(error.body),
          }
        : { pod: name, path };
    }
  }
}

/** A path of a pod. */
interface Question {
  name: string;
  namespace?: string;
  path: string;
}

/** Without addresses of this machine. */
function anonymous(text: string): string {
  return text.replace(/\d+\.\d+\.\d+\.\d+/g, '192.0.2.1').slice(0, 2000);
}
