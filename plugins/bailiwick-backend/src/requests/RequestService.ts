import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  changeRequestKind,
  homeNamespace,
  readProposal,
  tenantNameTaken,
  type ChangeRequest,
  type Proposal,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  decidingPlan,
  isPlatformEngineer,
  isUndecided,
  canDecide,
  canRead,
  tenantOf,
  type Person,
  type RequestComment,
  type TenantRequest,
  isInProgress,
  targetTitleOf,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import type {
  NewAccess,
  RequestView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import type { AppReader, CatalogSubjects } from '../authorization';
import { newRequest, type WantedChange } from './newRequest';
import { waitUntilListed } from './waitUntilListed';
import {
  subjectsIn,
  tenantProblems,
  type TenantCheckServices,
} from './tenantProblems';

/** Options of a request. */
interface Trial {
  /** Whether to check it only. */
  dryRun: boolean;
  /** Name of an open request of the same person for the same, which is withdrawn once the new one exists. */
  replaces?: string;
}

/** Creates, decides and withdraws requests, as the signed-in person. */
export class RequestService {
  readonly #apps: AppReader;
  readonly #kubernetes: KubernetesService;
  readonly #subjects: CatalogSubjects;

  constructor(options: TenantCheckServices & { apps: AppReader }) {
    this.#apps = options.apps;
    this.#kubernetes = options.kubernetes;
    this.#subjects = options.subjects;
  }

  /**
   * Returns a request as a person sees it: their own, those they can decide, and those of their tenants; `undefined`
   * for others.
   */
  view(request: ChangeRequest, person: Person): RequestView | undefined {
    const { plans, tenants } = this.#kubernetes.lists;
    const mine = request.spec.requestedBy === person.user;
    const tenant = tenantOf(request, tenants);
    const plan = plans.get(decidingPlan(request, tenant) ?? '');
    const decides = canDecide(person, request, tenant, plan);
    const concerns =
      isPlatformEngineer(person) || (tenant && canRead(tenant, person));
    if (!mine && !decides && !concerns) return undefined;
    // The API server refuses decisions until the operator has evaluated the request, which makes it open.
    const isOpen = request.status?.phase === 'Open';
    const targetTitle = targetTitleOf(request, tenant, this.#kubernetes.lists);
    return {
      ...request,
      mine,
      canDecide: isOpen && decides,
      ...(targetTitle && { targetTitle }),
    };
  }

  /**
   * Requests a tenant.
   *
   * @throws InputError with all problems.
   */
  async requestTenant(
    person: Person,
    { name, spec, reason }: TenantRequest,
    trial: Trial,
  ): Promise<RequestView> {
    const services = { kubernetes: this.#kubernetes, subjects: this.#subjects };
    const problems = await tenantProblems(services, name, spec, trial.replaces);
    if (problems.length > 0) throw new InputError(problems.join('; '));
    const wanted: WantedChange = {
      action: 'create',
      proposed: { ...spec },
      reason,
    };
    return this.#create(person, name, wanted, trial);
  }

  /**
   * Requests a change of a tenant.
   *
   * @throws NotFoundError when there is no such tenant for the person
   * @throws InputError with all problems of the proposal
   * @throws ConflictError when the same change is requested already
   */
  async requestChange(
    person: Person,
    tenantName: string,
    wanted: WantedChange,
    trial: Trial,
  ): Promise<RequestView> {
    const { action, proposed } = wanted;
    this.#apps.tenant(person, tenantName);
    if (action === 'create') throw new InputError(tenantNameTaken(tenantName));
    const read = readProposal(action, proposed);
    if (read.problems) throw new InputError(read.problems.join('; '));
    if ('confirm' in read.proposal && read.proposal.confirm !== tenantName)
      throw new InputError(
        `confirm: must be the name of the tenant, ${tenantName}`,
      );
    const unknown = await this.#subjects.findUnknown(
      subjectsIn(read.proposal as Partial<TenantSpec>),
    );
    if (unknown.length > 0) throw new InputError(unknown.join('; '));
    this.#refuseSecond(
      ({ metadata, spec: { target, ...asked } }) =>
        asked.action === action &&
        target.name === tenantName &&
        metadata.name !== trial.replaces,
    );
    return this.#create(person, tenantName, wanted, trial);
  }

  /**
   * Requests the deployment of a release to a protected environment.
   *
   * @throws ConflictError when a promotion of the app into that environment is requested already
   */
  async requestPromotion(
    person: Person,
    tenantName: string,
    app: string,
    { reason, ...proposed }: Proposal<'promote'> & { reason: string },
    trial: Trial = { dryRun: false },
  ): Promise<RequestView> {
    this.#refuseSecond(
      ({ spec: { target, ...asked } }) =>
        asked.action === 'promote' &&
        asked.proposed.environment === proposed.environment &&
        target.name === app &&
        target.namespace === homeNamespace(tenantName),
      `A promotion to ${proposed.environment}`,
    );
    const wanted: WantedChange = { action: 'promote', app, proposed, reason };
    return this.#create(person, tenantName, wanted, trial);
  }

  /**
   * Requests read access to an app in one environment until a date; members have it anyway, and the API server rejects
   * their requests.
   *
   * @throws ConflictError when the person has the same access, or has requested it already
   */
  async requestAccess(
    person: Person,
    tenantName: string,
    app: string,
    { days, reason, ...wanted }: NewAccess,
  ): Promise<RequestView> {
    const now = Date.now();
    const expiresAt = new Date(now + days * 86_400_000).toISOString();
    const { environment } = wanted;
    this.#refuseSecond(
      ({ spec: { target, ...asked } }) =>
        asked.action === 'grantAccess' &&
        asked.requestedBy === person.user &&
        asked.proposed.environment === environment &&
        target.name === app &&
        target.namespace === homeNamespace(tenantName),
      `Access to ${environment}`,
    );
    const proposed = { ...wanted, expiresAt };
    const { problems } = readProposal('grantAccess', proposed);
    if (problems) throw new InputError(problems.join('; '));
    return this.#create(
      person,
      tenantName,
      { action: 'grantAccess', app, proposed, reason },
      { dryRun: false },
    );
  }

  /** Ends granted access early; the API server checks that the person may. */
  async revokeAccess(person: Person, name: string): Promise<RequestView> {
    const at = new Date().toISOString();
    return this.#patchStatus(person, name, {
      revocation: { by: person.user, at },
    });
  }

  /** Approves or denies an open request; the API server checks that the person may. */
  async decide(
    person: Person,
    name: string,
    decision: { verdict: 'approve' | 'deny'; reason: string },
  ): Promise<RequestView> {
    const at = new Date().toISOString();
    return this.#patchStatus(person, name, {
      verdict: { ...decision, by: person.user, at },
    });
  }

  /**
   * Adds a comment to an open request; the API server checks that the person may.
   *
   * @throws ConflictError when the request changed at the same time
   */
  async comment(
    person: Person,
    name: string,
    { requestsChanges, text }: RequestComment,
  ): Promise<RequestView> {
    const { metadata, status } = this.get(person, name);
    const added = {
      by: person.user,
      at: new Date().toISOString(),
      text,
      ...(requestsChanges && { requestsChanges }),
    };
    return this.#patchStatus(
      person,
      name,
      { comments: [...(status?.comments ?? []), added] },
      // Someone else may comment at the same time.
      metadata.resourceVersion,
    );
  }

  /** Withdraws an open request of the person. */
  async withdraw(person: Person, name: string): Promise<RequestView> {
    return this.#patchStatus(person, name, { phase: 'Withdrawn' });
  }

  /** @throws NotFoundError also when it is none of the person's business */
  get(person: Person, name: string): RequestView {
    const request = this.#kubernetes.lists.requests.get(name);
    const view = request && this.view(request, person);
    if (!view)
      throw new NotFoundError(
        `Request "${name}" was not found, or you have no access to it`,
      );
    return view;
  }

  async #create(
    person: Person,
    tenant: string,
    wanted: WantedChange,
    { dryRun, replaces }: Trial,
  ): Promise<RequestView> {
    const request = newRequest(person, tenant, { ...wanted, replaces });
    if (replaces) this.#requireReplaceable(person, replaces, request);
    const created = await this.#kubernetes
      .as(person)
      .resource<ChangeRequest>(changeRequestKind)
      .create(request, { dryRun });
    if (!dryRun)
      await waitUntilListed(this.#kubernetes.lists.requests, created);
    if (replaces && !dryRun)
      await this.#withdrawReplaced(person, replaces, request.metadata.name);
    return this.view(created, person)!;
  }

  /** @throws InputError unless the old request is the person's own, is open, and has the same subject as the new one */
  #requireReplaceable(
    person: Person,
    name: string,
    { spec }: ChangeRequest,
  ): void {
    const old = this.get(person, name);
    if (!old.mine)
      throw new InputError(
        `replaces: request ${name} was sent by someone else; name your own request`,
      );
    if (!isUndecided(old))
      throw new ConflictError(
        `Request ${name} is no longer pending; send a new request`,
      );
    const { action, target } = old.spec;
    const isSame =
      action === spec.action &&
      target.kind === spec.target.kind &&
      target.namespace === spec.target.namespace &&
      // A new tenant may get another name.
      (action === 'create' || target.name === spec.target.name);
    if (!isSame)
      throw new InputError(
        `replaces: request ${name} proposes a different kind of change or has a different target; withdraw that request, and send a new one`,
      );
  }

  /**
   * Withdraws the old request, or the new one when the old one was decided meanwhile.
   *
   * @throws ConflictError when the new one was withdrawn
   * @throws ServiceUnavailableError when both are pending
   */
  async #withdrawReplaced(
    person: Person,
    old: string,
    created: string,
  ): Promise<void> {
    try {
      await this.withdraw(person, old);
    } catch (error) {
      const because = (error as Error).message;
      await this.#kubernetes
        .as(person)
        .resource<ChangeRequest>(changeRequestKind)
        .patchStatus(created, { phase: 'Withdrawn' })
        .catch(() => {
          throw new ServiceUnavailableError(
            `Request ${created} was created, but request ${old} could not be withdrawn (${because}); withdraw one of them`,
          );
        });
      throw new ConflictError(
        `Request ${old} could not be withdrawn (${because}), so it stays as it is and the new request was withdrawn`,
      );
    }
  }

  async #patchStatus(
    person: Person,
    name: string,
    status: Partial<NonNullable<ChangeRequest['status']>>,
    resourceVersion?: string,
  ): Promise<RequestView> {
    this.get(person, name);
    const patched = await this.#kubernetes
      .as(person)
      .resource<ChangeRequest>(changeRequestKind)
      .patchStatus(name, status, { resourceVersion });
    return this.view(patched, person)!;
  }

  #refuseSecond(
    isSame: (request: ChangeRequest) => boolean,
    what = 'The same change',
  ): void {
    const waiting = this.#kubernetes.lists.requests
      .list()
      .find(request => isInProgress(request) && isSame(request));
    if (waiting)
      throw new ConflictError(
        `${what} is already requested; wait for the decision on request ${waiting.metadata.name}, or withdraw it first`,
      );
  }
}
