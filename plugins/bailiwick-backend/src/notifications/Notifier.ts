import type { LoggerService } from '@backstage/backend-plugin-api';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  decidingPlan,
  shortEntityRef,
  tenantOf,
  targetTitleOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { CatalogSubjects } from '../authorization';
import { byAge } from '../pods';
import type { NameOf, Notice } from './Notice';
import { memberNotices } from './memberNotices';
import { requestNotices } from './requestNotices';
import { removalNotices, tenantNotices } from './tenantNotices';
import type { SentNotifications } from './SentNotifications';

/** Returns the notices of an object at that time; people are named by entity reference without `nameOf`. */
type NoticesOf = (nameOf?: NameOf) => Notice[];

/** Debounce: changes within this time become one notification. */
const debounceMs = 500;
const retryMs = 60_000;
const longestRetryMs = 3_600_000;

/**
 * Notifies people through Backstage's notifications. Notices derive from the present state of objects, and a
 * table records which were sent. Each notice is sent once, also by several portals and for changes while the portal was
 * down, and outdated notices are never sent.
 */
export class Notifier {
  readonly #kubernetes: KubernetesService;
  readonly #logger: LoggerService;
  readonly #notifications: NotificationService;
  readonly #subjects: CatalogSubjects;
  readonly #sent: SentNotifications;
  /** Objects to check, by key, with a function that returns their notices at that time. */
  readonly #changed = new Map<string, NoticesOf>();
  /** Objects whose notices could not be sent, to be retried. */
  readonly #failed = new Map<string, NoticesOf>();
  #timer?: NodeJS.Timeout;
  #retryTimer?: NodeJS.Timeout;
  #running = false;
  #started = false;
  #failures = 0;
  #lastWarning = '';
  #unsubscribe: (() => void)[] = [];

  constructor(options: {
    kubernetes: KubernetesService;
    logger: LoggerService;
    notifications: NotificationService;
    subjects: CatalogSubjects;
    sent: SentNotifications;
  }) {
    this.#kubernetes = options.kubernetes;
    this.#logger = options.logger;
    this.#notifications = options.notifications;
    this.#subjects = options.subjects;
    this.#sent = options.sent;
  }

  /** Watches requests and tenants as soon as the cluster is reachable. */
  start(): void {
    const { requests, tenants } = this.#kubernetes.lists;
    const startWhenReady = () => {
      if (!this.#started && this.#kubernetes.progress().ready)
        this.#startSending();
    };
    this.#unsubscribe = [
      this.#kubernetes.onProgress(startWhenReady),
      requests.subscribe(({ object, type }) => {
        if (type !== 'deleted') this.#checkRequest(object.metadata.name);
      }),
      tenants.subscribe(({ object, type }) => {
        if (type === 'deleted')
          this.#check(`removal ${object.metadata.uid}`, () =>
            removalNotices(object),
          );
        else this.#checkTenant(object.metadata.name);
      }),
    ];
    startWhenReady();
  }

  stop(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    clearTimeout(this.#timer);
    clearTimeout(this.#retryTimer);
    this.#started = false;
  }

  #startSending(): void {
    const { requests, tenants } = this.#kubernetes.lists;
    const all = [...requests.list(), ...tenants.list()];
    const oldestFirst = requests.list().toSorted((a, b) => byAge(b, a));
    for (const { metadata } of oldestFirst) this.#checkRequest(metadata.name);
    for (const { metadata } of tenants.list()) this.#checkTenant(metadata.name);
    this.#started = true;
    if (this.#sent.isNew()) {
      const old = [...this.#changed.values()].flatMap(notices => notices());
      this.#changed.clear();
      this.#try(() => this.#sent.recordFirstRun(old));
      return;
    }
    const uids = new Set(all.map(({ metadata }) => metadata.uid ?? ''));
    this.#try(() => this.#sent.keepOnly(uids));
  }

  #checkRequest(name: string): void {
    const { apps, plans, requests, tenants } = this.#kubernetes.lists;
    this.#check(`request ${name}`, nameOf => {
      const request = requests.get(name);
      if (!request) return [];
      const tenant = tenantOf(request, tenants);
      const plan = plans.get(decidingPlan(request, tenant) ?? '');
      const targetTitle = targetTitleOf(request, tenant, {
        apps,
        requests,
      });
      return [
        ...requestNotices({ ...request, targetTitle }, tenant, plan, nameOf),
        ...memberNotices(request, tenant, nameOf),
      ];
    });
  }

  #checkTenant(name: string): void {
    const { tenants } = this.#kubernetes.lists;
    this.#check(`tenant ${name}`, () => {
      const tenant = tenants.get(name);
      return tenant ? tenantNotices(tenant, new Date()) : [];
    });
  }

  #check(what: string, notices: NoticesOf): void {
    this.#changed.set(what, notices);
    this.#schedule();
  }

  #schedule(): void {
    if (!this.#started || this.#running) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#try(() => this.#sendAll());
    }, debounceMs).unref();
  }

  #scheduleRetry(): void {
    if (!this.#started || this.#retryTimer) return;
    const wait = Math.min(retryMs * 2 ** this.#failures, longestRetryMs);
    this.#failures += 1;
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = undefined;
      for (const [what, notices] of this.#failed) this.#check(what, notices);
      this.#failed.clear();
    }, wait).unref();
  }

  /** Runs one task at a time, and schedules the next one when there is any. */
  #try(work: () => Promise<void>): void {
    this.#running = true;
    work()
      .catch(error => this.#warn(error))
      .finally(() => {
        this.#running = false;
        if (this.#changed.size > 0) this.#schedule();
        if (this.#failed.size > 0) this.#scheduleRetry();
      });
  }

  async #sendAll(): Promise<void> {
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const [what, notices] of changed) {
      try {
        for (const notice of await this.#withNames(notices))
          await this.#send(notice);
        this.#failed.delete(what);
      } catch (error) {
        this.#failed.set(what, notices);
        this.#warn(error);
      }
    }
    if (this.#failed.size > 0) return;
    this.#failures = 0;
    this.#lastWarning = '';
  }

  /**
   * Returns notices with the names of people and groups in the catalog; it is queried only for notices that were not
   * sent yet.
   */
  async #withNames(notices: NoticesOf): Promise<Notice[]> {
    const mentioned = new Set<string>();
    const drafts = notices(reference => {
      mentioned.add(reference);
      return reference;
    });
    const unknown = drafts.filter(draft => !this.#sent.has(draft));
    for (const about of new Set(unknown.map(draft => draft.about)))
      await this.#sent.update(about);
    if (!drafts.some(draft => this.#isDue(draft))) return [];
    const names = await this.#subjects.namesOf([...mentioned]);
    return notices(
      reference => names.get(reference) ?? shortEntityRef(reference),
    );
  }

  /** Whether a notice was not sent yet, and the one that it follows was. */
  #isDue(notice: Notice): boolean {
    const { about, onlyAfter } = notice;
    if (this.#sent.has(notice)) return false;
    return !onlyAfter || this.#sent.has({ about, what: onlyAfter });
  }

  async #send(notice: Notice): Promise<void> {
    if (!this.#isDue(notice)) return;
    const { about, description, link, severity, title, topic, what } = notice;
    const { replaces = `${about}:${what}` } = notice;
    const to = await this.#subjects.peopleOf(
      notice.to.filter(reference => reference !== notice.except),
    );
    await this.#sent.once(notice, async () => {
      if (to.length === 0) return;
      await this.#notifications.send({
        recipients: {
          type: 'entity',
          entityRef: to,
          ...(notice.except && { excludeEntityRef: notice.except }),
        },
        payload: {
          title: withoutLinks(title),
          description: withoutLinks(description),
          link,
          severity,
          topic,
          // A notification that is sent again after an interruption replaces the first.
          scope: `bailiwick:${replaces}`,
        },
      });
    });
  }

  #warn(error: unknown): void {
    const { message } = error as Error;
    if (message === this.#lastWarning) return;
    this.#lastWarning = message;
    this.#logger.warn(`Notifications can't be sent; retrying: ${message}`);
  }
}

/** Replaces angle brackets, in which Slack interprets text, such as the title of a tenant, as a link with another label. */
function withoutLinks(text: string): string {
  return text.replaceAll('<', '‹').replaceAll('>', '›');
}
