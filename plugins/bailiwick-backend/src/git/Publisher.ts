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
import { Turns } from './Turns';

const retryMs = 60_000;

type Place = { tenant: string; name: string };

/** Thrown while the cluster is known to be unreachable. */
class ClusterUnreachableError extends Error {
  constructor() {
    super('The cluster is unreachable');
    this.name = 'ClusterUnreachableError';
  }
}

/**
 * Publishes pushed commits as the person who pushed them. A failed publication is retried when the
 * cluster is reachable again, after a restart of the portal, and every minute.
 */
export class Publisher {
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  readonly #repositories: RepositoryService;
  readonly #subjects: CatalogSubjects;
  /** Why a repository is not published, by its address; logged once. */
  readonly #unpublished = new Map<string, string>();
  /** One publication of a repository after the other, so that an older commit never comes last. */
  readonly #turns = new Turns();
  #stop = () => {};
  #running: Promise<void> | undefined;

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
      this.#logger.info(`Published ${place.tenant}/${place.name}`);
    });
  }

  /** Returns the reason why the newest commit of a repository is not published. */
  waitingReason({ name, tenant }: Place): string | undefined {
    return this.#unpublished.get(`${tenant}/${name}`);
  }

  /** Starts to publish all pending commits, now and later. */
  start(): void {
    let wasReady = false;
    const follow = () => {
      const { ready } = this.#kubernetes.progress();
      if (ready && !wasReady) this.#catchUp();
      wasReady = ready;
    };
    const leave = this.#kubernetes.onProgress(follow);
    const timer = setInterval(() => {
      if (this.#unpublished.size > 0 && wasReady) this.#catchUp();
    }, retryMs).unref();
    this.#stop = () => {
      leave();
      clearInterval(timer);
    };
    follow();
  }

  stop(): void {
    this.#stop();
  }

  #catchUp(): void {
    this.#running ??= this.#publishAll()
      .catch(error => this.#logger.error('Publishing stopped', error))
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #publishAll(): Promise<void> {
    for (const { metadata } of this.#kubernetes.lists.apps.list()) {
      const tenant = tenantOfHome(metadata.namespace ?? '');
      if (!tenant) continue;
      await this.publishWaiting({ tenant, name: metadata.name });
    }
  }

  async #try(
    { tenant, name }: Place,
    publish: () => Promise<void>,
  ): Promise<string | undefined> {
    const address = `${tenant}/${name}`;
    try {
      await this.#turns.take(address, publish);
      this.#unpublished.delete(address);
      return undefined;
    } catch (error) {
      const why = reasonOf(error);
      if (this.#unpublished.get(address) !== why)
        this.#logger.warn(`${address} is not published: ${error}`);
      this.#unpublished.set(address, why);
      return why;
    }
  }
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
