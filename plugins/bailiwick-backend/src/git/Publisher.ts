import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  KubeApiError,
  KubeConnectionError,
} from '@bailiwick/backstage-kube-controller';
import { tenantOfHome } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { Person } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from '../authorization';
import { readableMessage } from '../http';
import type { RepositoryService } from './RepositoryService';
import type { Stamp } from './stampOf';
import { Turns } from './Turns';

/** Milliseconds between two looks at all repositories, for pushes to a portal that was killed. */
const scanMs = 15_000;
/** Milliseconds after which a publication that failed is tried again. */
const retryMs = 60_000;
/** Milliseconds for which a push is left to the portal that received it. */
const graceMs = 5_000;

type Place = { tenant: string; name: string };

/** Thrown while the cluster is known to be unreachable. */
class ClusterUnreachableError extends Error {
  constructor() {
    super('The cluster is unreachable');
    this.name = 'ClusterUnreachableError';
  }
}

/** Why a repository is not published. */
interface Failure {
  why: string;
  /** Time in milliseconds since 1970. */
  at: number;
}

/**
 * Publishes pushed commits as the person who pushed them. A failed publication is retried when the cluster is reachable
 * again, after a restart of the portal, and every minute. Pushes to another portal on the same repositories that was
 * killed before it published them are found within seconds.
 */
export class Publisher {
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  readonly #repositories: RepositoryService;
  readonly #subjects: CatalogSubjects;
  /** By the address of the repository; each reason is logged once. */
  readonly #failures = new Map<string, Failure>();
  /** State of each repository in which nothing was left to publish, by the UID of its app. */
  readonly #done = new Map<string, string>();
  /** One publication of a repository after the other. */
  readonly #turns = new Turns();
  #stop = () => {};
  #running: Promise<void> | undefined;
  /** Whether the cluster became reachable again while commits were being published. */
  #isAskedAgain = false;

  constructor(options: {
    kubernetes: KubernetesService;
    logger: LoggerService;
    repositories: RepositoryService;
    subjects: CatalogSubjects;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#logger = options.logger;
    this.#repositories = options.repositories;
    this.#subjects = options.subjects;
  }

  /** Publishes a push; returns a message for the person when that has to wait. */
  async publish(person: Person, place: Place): Promise<string | undefined> {
    const why = await this.#try(place, () => {
      if (!this.#kubernetes.progress().ready)
        throw new ClusterUnreachableError();
      return this.#repositories.publishPush(person, place);
    });
    return why && `Your code is saved, but not deployed yet. ${why}`;
  }

  /** Publishes the newest commit if it is pending, as the person who pushed it; returns the reason when that has to wait. */
  async publishWaiting(place: Place): Promise<string | undefined> {
    return this.#try(place, async () => {
      const pusher = await this.#repositories.waitingPusher(place);
      if (!pusher) return;
      const person = await this.#subjects.find(pusher);
      await this.#repositories.publishPush(person, place);
      this.#logger.info(`Published ${addressOf(place)}`);
    });
  }

  /** Returns the reason why the newest commit of a repository is not published. */
  waitingReason(place: Place): string | undefined {
    return this.#failures.get(addressOf(place))?.why;
  }

  /** Starts to publish all pending commits, now and later. */
  start(): void {
    let wasReady = false;
    const follow = () => {
      const { ready } = this.#kubernetes.progress();
      if (ready && !wasReady) this.#catchUp(true);
      wasReady = ready;
    };
    const leave = this.#kubernetes.onProgress(follow);
    const timer = setInterval(() => {
      if (wasReady) this.#catchUp();
    }, scanMs).unref();
    this.#stop = () => {
      leave();
      clearInterval(timer);
    };
    follow();
  }

  stop(): void {
    this.#stop();
  }

  /** @param isNow - whether commits that failed or arrived just now are not left for later */
  #catchUp(isNow = false): void {
    if (this.#running) {
      this.#isAskedAgain ||= isNow;
      return;
    }
    this.#running = this.#publishAll(isNow)
      .catch(error => this.#logger.error('Publishing stopped', error))
      .finally(() => {
        this.#running = undefined;
        if (!this.#isAskedAgain) return;
        this.#isAskedAgain = false;
        this.#catchUp(true);
      });
  }

  async #publishAll(isNow: boolean): Promise<void> {
    const apps = this.#kubernetes.lists.apps.list();
    const uids = new Set(apps.map(({ metadata }) => metadata.uid));
    for (const uid of this.#done.keys())
      if (!uids.has(uid)) this.#done.delete(uid);
    for (const { metadata } of apps) {
      const { name, namespace = '', uid = '' } = metadata;
      const tenant = tenantOfHome(namespace);
      if (!tenant) continue;
      const place = { tenant, name };
      const stamp = await this.#repositories.stampOf(place);
      if (!stamp || !(isNow || this.#isDue(place, uid, stamp))) continue;
      const why = await this.publishWaiting(place);
      if (!why) this.#done.set(uid, stamp.text);
    }
  }

  #isDue(place: Place, uid: string, { changedMs, text }: Stamp): boolean {
    const failure = this.#failures.get(addressOf(place));
    if (failure) return Date.now() - failure.at >= retryMs;
    return (
      this.#done.get(uid) !== text &&
      Math.abs(Date.now() - changedMs) >= graceMs
    );
  }

  async #try(
    place: Place,
    publish: () => Promise<void>,
  ): Promise<string | undefined> {
    const address = addressOf(place);
    try {
      await this.#turns.take(address, publish);
      this.#failures.delete(address);
      return undefined;
    } catch (error) {
      const why = reasonOf(error);
      if (this.#failures.get(address)?.why !== why)
        this.#logger.warn(`${address} is not published: ${error}`);
      this.#failures.set(address, { why, at: Date.now() });
      return why;
    }
  }
}

function addressOf({ name, tenant }: Place): string {
  return `${tenant}/${name}`;
}

function reasonOf(error: unknown): string {
  if (
    error instanceof ClusterUnreachableError ||
    error instanceof KubeConnectionError
  ) {
    return "The cluster is unreachable. Your code is deployed automatically when the cluster responds; you don't need to push again.";
  }
  const words =
    error instanceof KubeApiError
      ? readableMessage(error)
      : (error as Error).message;
  return `Retrying every minute. Reason: ${words}`;
}
