import {
  Informer,
  type KubeClient,
} from '@bailiwick/backstage-kube-controller';
import {
  changeRequestKind,
  planKind,
  tenantKind,
  type ChangeRequest,
  type Plan,
  type Tenant,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { plan, request, tenant } from '@bailiwick/backstage-testing/objects';
import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../inParallel';

/** Requests at the same time against one budget. */
export const rivals = 50;
const environments = ['dev', 'test', 'prod'].map(name => ({
  name,
  cluster: 'local',
  protected: false,
}));
/** People who ask for tenants, and who see when they are ready. */
export class Office {
  readonly #admin: KubeClient;
  readonly #tenants: Informer<Tenant>;
  readonly #waiting = new Map<string, () => void>();

  private constructor(admin: KubeClient) {
    this.#admin = admin;
    this.#tenants = new Informer<Tenant>({ client: admin, type: tenantKind });
    this.#tenants.onChange(({ object }) => {
      if (isReady(object)) this.#waiting.get(object.metadata.name)?.();
    });
  }

  /** Creates a plan whose rule approves everything, and starts watching. */
  static async open(admin: KubeClient, signal: AbortSignal): Promise<Office> {
    const office = new Office(admin);
    const { spec } = plan('open');
    const { cpu, memory, storage, apps } = spec.perEnvironment;
    const times = (amount: string) =>
      amount.replace(/\d+/, all => `${3 * Number(all)}`);
    await admin.resource<Plan>(planKind).create(
      plan('open', {
        environments: { max: 20, names: [] },
        budget: {
          cpu: times(cpu),
          memory: times(memory),
          storage: times(storage),
          apps: 3 * apps,
        },
        approval: {
          ...spec.approval,
          rules: [
            {
              when: 'true',
              verdict: 'approve',
              reason: 'Approved for everyone.',
            },
          ],
        },
      }),
    );
    office.#tenants.start(signal);
    await office.#tenants.synced;
    return office;
  }

  /** Requests a tenant with three environments, in the name of one of its owners. */
  async ask(name: string): Promise<void> {
    const { spec } = tenant(name, { plan: 'open', environments });
    await this.#send(request(name, name, { proposed: spec }));
  }

  /** Waits until a tenant is ready. @throws Error after half an hour */
  async ready(name: string): Promise<void> {
    const known = this.#tenants.get(name);
    if (known && isReady(known)) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`The tenant ${name} is not ready`)),
        1_800_000,
      );
      this.#waiting.set(name, () => {
        clearTimeout(timer);
        this.#waiting.delete(name);
        resolve();
      });
    });
  }

  /**
   * Sends many requests for an environment while there is room for one; returns the number of environments above the
   * limit.
   */
  async overcommit(): Promise<number> {
    const name = 'rivals';
    const { spec } = tenant(name, {
      plan: 'open',
      environments: environments.slice(0, 2),
    });
    await this.#send(request(name, name, { proposed: spec }));
    await this.ready(name);
    const asked = numbered('rival', rivals);
    await inParallel(
      asked,
      one =>
        this.#send(
          request(one, name, {
            action: 'setEnvironments',
            proposed: { add: [{ name: one }] },
          }),
        ),
      rivals,
    );
    const requests = this.#admin.resource<ChangeRequest>(changeRequestKind);
    const end = performance.now() + 120_000;
    for (;;) {
      const phases = (await requests.list())
        .filter(({ metadata }) => asked.includes(metadata.name))
        .map(({ status }) => status?.phase);
      if (phases.every(phase => phase === 'Applied' || phase === 'Failed'))
        break;
      if (performance.now() > end)
        throw new Error('Requests for more room are not decided');
      await pause(500);
    }
    const { spec: after } = await this.#admin
      .resource<Tenant>(tenantKind)
      .get(name);
    if (after.environments.length < 3)
      throw new Error('Nobody got the last place');
    return after.environments.length - 3;
  }

  async #send(wanted: ChangeRequest): Promise<void> {
    await this.#admin
      .as({
        user: wanted.spec.requestedBy,
        groups: ['group:default/rates', 'system:authenticated'],
      })
      .resource<ChangeRequest>(changeRequestKind)
      .create(wanted);
  }
}

function isReady({ status, spec }: Tenant): boolean {
  return (
    status?.phase === 'Ready' &&
    status.environments?.filter(({ ready }) => ready).length ===
      spec.environments.length
  );
}

/** Names that differ by their number. */
export function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name}-${index}`);
}
