import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  tenantOfHome,
  type App,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { RepositoryRef } from './GitHost';
import type { Publisher } from './Publisher';
import type { ExternalRepositories } from './ExternalRepositories';
import { HostUnreachableError } from '../gitHosts';
import { isNamed } from './webhook';

/** Repositories that are fetched at the same time. */
const atOnce = 4;

/** Fetches new commits of all apps at other git hosts, regularly and on webhooks, and publishes them. */
export class MirrorSync {
  readonly #external: ExternalRepositories;
  readonly #kubernetes: Pick<KubernetesService, 'lists' | 'progress'>;
  readonly #logger: LoggerService;
  readonly #publisher: Publisher;
  readonly #pollMs: number;
  #timer?: NodeJS.Timeout;
  #isStopped = false;

  constructor(options: {
    external: ExternalRepositories;
    kubernetes: Pick<KubernetesService, 'lists' | 'progress'>;
    logger: LoggerService;
    publisher: Publisher;
    pollSeconds: number;
  }) {
    this.#external = options.external;
    this.#kubernetes = options.kubernetes;
    this.#logger = options.logger;
    this.#publisher = options.publisher;
    this.#pollMs = options.pollSeconds * 1000;
    this.#external.onCommits = place => {
      void this.#publisher.publishWaiting(place);
    };
  }

  /** Starts to look at all repositories regularly. */
  start(): void {
    this.#timer = setTimeout(async () => {
      await this.#syncAll().catch(error =>
        this.#logger.error('Fetching from git hosts stopped', error),
      );
      if (!this.#isStopped) this.start();
    }, this.#pollMs).unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Fetches the repositories that a webhook names; there is none of other repositories of the host. */
  async syncNamed(names: string[]): Promise<void> {
    await Promise.all(
      this.#repositories()
        .filter(({ address }) => isNamed(address, names))
        .map(({ repository }) => this.#sync(repository)),
    );
  }

  async #syncAll(): Promise<void> {
    if (!this.#kubernetes.progress().ready) return;
    const waiting = this.#repositories();
    /** Hosts that do not respond, with the reason; one attempt is enough. */
    const unreachable = new Map<string, string>();
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { address, repository } = next;
        const { host } = new URL(address);
        const problem = unreachable.get(host);
        if (problem) {
          this.#external.setProblem(address, problem);
          continue;
        }
        const error = await this.#sync(repository);
        if (error instanceof HostUnreachableError)
          unreachable.set(host, error.message);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  /** Fetches a repository and returns the error. */
  async #sync(repository: RepositoryRef): Promise<Error | undefined> {
    try {
      await this.#external.sync(repository);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  /** Apps whose code is at another git host. */
  #repositories(): { address: string; repository: RepositoryRef }[] {
    const { apps, tenants } = this.#kubernetes.lists;
    return apps.list().flatMap(({ metadata, spec }: App) => {
      const tenant = tenantOfHome(metadata.namespace ?? '');
      const tenantUid = tenant && tenants.get(tenant)?.metadata.uid;
      const address = spec.source.repository;
      return tenantUid && URL.canParse(address) && address.startsWith('http')
        ? [{ address, repository: { tenant, tenantUid, name: metadata.name } }]
        : [];
    });
  }
}
