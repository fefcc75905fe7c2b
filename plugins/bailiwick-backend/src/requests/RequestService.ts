import { InputError, NotFoundError } from '@backstage/errors';
import {
  apiVersion,
  changeRequestKind,
  isPlatformEngineer,
  proposedPlan,
  tenantKind,
  tenantNameTaken,
  tenantNameWaiting,
  validate,
  type ChangeRequest,
  type Person,
  type RequestView,
  type TenantSpec,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import type { KubernetesService } from '@bailiwick/backstage-plugin-bailiwick-node';
import { randomBytes } from 'node:crypto';

/** What a person asks for. */
export interface TenantRequest {
  name: string;
  spec: TenantSpec;
  reason: string;
}

/** Makes and decides requests as the person who asks. */
export class RequestService {
  readonly #kubernetes: KubernetesService;

  constructor(options: { kubernetes: KubernetesService }) {
    this.#kubernetes = options.kubernetes;
  }

  /** A request as a person sees it, `undefined` when it is none of their business. */
  view(request: ChangeRequest, person: Person): RequestView | undefined {
    const mine = request.spec.requestedBy === person.user;
    const decides = this.#decides(request, person);
    if (!mine && !decides) return undefined;
    const open = (request.status?.phase ?? 'Open') === 'Open';
    return { ...request, mine, mayDecide: open && decides && !mine };
  }

  /**
   * Asks for a tenant.
   *
   * @throws InputError naming everything that is wrong with it.
   */
  async requestTenant(
    person: Person,
    { name, spec, reason }: TenantRequest,
    options: { dryRun: boolean },
  ): Promise<RequestView> {
    const problems = [
      ...validate(tenantKind, { metadata: { name }, spec }),
      ...this.#conflicts(name, spec),
    ];
    if (problems.length > 0) throw new InputError(problems.join('; '));
    const created = await this.#kubernetes
      .as(person)
      .resource<ChangeRequest>(changeRequestKind)
      .create(
        {
          apiVersion,
          kind: 'ChangeRequest',
          metadata: {
            name: `${name}-create-${randomBytes(3).toString('hex')}`,
          },
          spec: {
            target: { kind: 'Tenant', name },
            action: 'create',
            proposed: { ...spec },
            reason,
            requestedBy: person.user,
          },
        },
        { dryRun: options.dryRun },
      );
    return this.view(created, person)!;
  }

  /** Approves or denies an open request; the API server checks that the person may. */
  async decide(
    person: Person,
    name: string,
    decision: { verdict: 'approve' | 'deny'; reason: string },
  ): Promise<RequestView> {
    const request = this.#kubernetes.lists.requests.get(name);
    if (!request) throw new NotFoundError(`There is no request "${name}"`);
    const decided = await this.#kubernetes
      .as(person)
      .resource<ChangeRequest>(changeRequestKind)
      .patchStatus(name, {
        verdict: {
          ...decision,
          by: person.user,
          at: new Date().toISOString(),
        },
      });
    return this.view(decided, person)!;
  }

  /** Same as the API server's policy: the platform team, and the deciders of the proposed plan. */
  #decides({ spec }: ChangeRequest, person: Person): boolean {
    const plan = this.#kubernetes.lists.plans.get(proposedPlan(spec) ?? '');
    return (
      isPlatformEngineer(person) ||
      (plan?.spec.approval.deciders ?? []).some(group =>
        person.groups.includes(group),
      )
    );
  }

  #conflicts(name: string, spec: TenantSpec): string[] {
    const { plans, requests, tenants } = this.#kubernetes.lists;
    const plan = plans.get(spec.plan);
    const waiting = requests
      .list()
      .some(
        request =>
          request.spec.action === 'create' &&
          request.spec.target.name === name &&
          ['Open', 'Approved', undefined].includes(request.status?.phase),
      );
    return [
      ...(tenants.get(name) ? [`name: ${tenantNameTaken(name)}`] : []),
      ...(waiting ? [`name: ${tenantNameWaiting(name)}`] : []),
      ...(plan ? [] : [`plan: There is no plan "${spec.plan}"`]),
      ...(plan && spec.environments.length > plan.spec.environments.max
        ? [
            `environments: The plan ${plan.spec.title} allows ${plan.spec.environments.max} environments, ${spec.environments.length} were asked for`,
          ]
        : []),
    ];
  }
}
