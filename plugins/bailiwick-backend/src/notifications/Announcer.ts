import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  decidingPlan,
  tenantOf,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from '../requests/CatalogSubjects';
import type { Notice } from './Notice';
import { noticesOfMembers } from './noticesOfMembers';
import { noticesOfRequest } from './noticesOfRequest';
import { noticesOfRemoval, noticesOfTenant } from './noticesOfTenant';
import type { ToldNotices } from './ToldNotices';

/** What follows within this time is told as one: of a request that is done, not that it was approved. */
const quietMs = 500;
const retryMs = 60_000;
const longestRetryMs = 3_600_000;

/**
 * Tells people through Backstage's notifications what concerns them. What to tell follows from the
 * objects as they are, and a table remembers what was told: so everything is told once, also what
 * happened while the portal did not run, and what is out of date by then is not told at all.
 */
export class Announcer {
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  readonly #notifications: NotificationService;
  readonly #subjects: CatalogSubjects;
  readonly #told: ToldNotices;
  /** Objects to look at, by what they are, with what there is to tell of them at that time. */
  readonly #changed = new Map<string, () => Notice[]>();
  /** The same of those that could not be told of, and wait longer. */
  readonly #failed = new Map<string, () => Notice[]>();
  #timer?: NodeJS.Timeout;
  #retryTimer?: NodeJS.Timeout;
  #running = false;
  #begun = false;
  #failures = 0;
  #complaint = '';
  #leave: (() => void)[] = [];

  constructor(options: {
    kubernetes: KubernetesService;
    logger: LoggerService;
    notifications: NotificationService;
    subjects: CatalogSubjects;
    told: ToldNotices;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#logger = options.logger;
    this.#notifications = options.notifications;
    this.#subjects = options.subjects;
    this.#told = options.told;
  }

  /** Follows requests and tenants from the moment on at which the cluster answers. */
  start(): void {
    const { requests, tenants } = this.#kubernetes.lists;
    const begin = () => {
      if (!this.#begun && this.#kubernetes.progress().ready) this.#begin();
    };
    this.#leave = [
      this.#kubernetes.onProgress(begin),
      requests.subscribe(({ object, type }) => {
        if (type !== 'deleted') this.#lookAtRequest(object.metadata.name);
      }),
      tenants.subscribe(({ object, type }) => {
        if (type === 'deleted')
          this.#look(`removal ${object.metadata.uid}`, () =>
            noticesOfRemoval(object),
          );
        else this.#lookAtTenant(object.metadata.name);
      }),
    ];
    begin();
  }

  stop(): void {
    for (const leave of this.#leave) leave();
    clearTimeout(this.#timer);
    clearTimeout(this.#retryTimer);
    this.#begun = false;
  }

  #begin(): void {
    const { requests, tenants } = this.#kubernetes.lists;
    const all = [...requests.list(), ...tenants.list()];
    for (const { metadata } of requests.list().toSorted(byAge))
      this.#lookAtRequest(metadata.name);
    for (const { metadata } of tenants.list())
      this.#lookAtTenant(metadata.name);
    this.#begun = true;
    if (this.#told.isNew()) {
      const old = [...this.#changed.values()].flatMap(notices => notices());
      this.#changed.clear();
      this.#try(() => this.#told.begin(old));
      return;
    }
    const uids = new Set(all.map(({ metadata }) => metadata.uid ?? ''));
    this.#try(() => this.#told.keepOnly(uids));
  }

  #lookAtRequest(name: string): void {
    const { plans, requests, tenants } = this.#kubernetes.lists;
    this.#look(`request ${name}`, () => {
      const request = requests.get(name);
      if (!request) return [];
      const tenant = tenantOf(request, tenants);
      const plan = plans.get(decidingPlan(request, tenant) ?? '');
      return [
        ...noticesOfRequest(request, tenant, plan),
        ...noticesOfMembers(request, tenant),
      ];
    });
  }

  #lookAtTenant(name: string): void {
    const { tenants } = this.#kubernetes.lists;
    this.#look(`tenant ${name}`, () => {
      const tenant = tenants.get(name);
      return tenant ? noticesOfTenant(tenant, new Date()) : [];
    });
  }

  #look(what: string, notices: () => Notice[]): void {
    this.#changed.set(what, notices);
    this.#schedule();
  }

  #schedule(): void {
    if (!this.#begun || this.#running) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#try(() => this.#tellAll());
    }, quietMs).unref();
  }

  #scheduleRetry(): void {
    if (!this.#begun || this.#retryTimer) return;
    const wait = Math.min(retryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures += 1;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      for (const [what, notices] of this.#failed) this.#look(what, notices);
      this.#failed.clear();
    }, wait).unref();
  }

  /** Runs one piece of work at a time, and the next one soon when there is any. */
  #try(work: () => Promise<void>): void {
    this.#running = true;
    work()
      .catch(error => this.#complain(error))
      .finally(() => {
        this.#running = false;
        if (this.#changed.size > 0) this.#schedule();
        if (this.#failed.size > 0) this.#scheduleRetry();
      });
  }

  async #tellAll(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const [what, notices] of changed) {
      try {
        for (const notice of notices()) await this.#tell(notice);
        this.#failed.delete(what);
      } catch (error) {
        this.#failed.set(what, notices);
        this.#complain(error);
      }
    }
    if (this.#failed.size > 0) return;
    this.#failures = 0;
    this.#complaint = '';
  }

  async #tell(notice: Notice): Promise<void> {
    if (this.#told.has(notice)) return;
    const {
      about,
      description,
      link,
      onlyAfter,
      severity,
      title,
      topic,
      what,
    } = notice;
    if (onlyAfter && !this.#told.has({ about, what: onlyAfter })) return;
    const { replaces = `${about}:${what}` } = notice;
    const to = await this.#subjects.peopleOf(
      notice.to.filter(reference => reference !== notice.except),
    );
    if (to.length > 0)
      await this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef: to,
          ...(notice.except && { excludeEntityRef: notice.except }),
        },
        payload: {
          title,
          description,
          link,
          severity,
          topic,
          // Sent once more after an interruption, it takes the place of the first.
          scope: `bailiwick:${replaces}`,
        },
      });
    await this.#told.add([notice]);
  }

  #complain(error: unknown): void {
    const { message } = error as Error;
    if (message === this.#complaint) return;
    this.#complaint = message;
    this.#logger.warn(
      `People are not notified now, which is tried again: ${message}`,
    );
  }
}

function byAge(
  one: { metadata: { creationTimestamp?: string } },
  other: { metadata: { creationTimestamp?: string } },
): number {
  const [first = '', second = ''] = [one, other].map(
    ({ metadata }) => metadata.creationTimestamp,
  );
  return first.localeCompare(second);
}
