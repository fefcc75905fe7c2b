import { eventually } from '@bailiwick/backstage-testing';
import type { FaultBench } from '@bailiwick/backstage-testing/world';
import {
  noMoreThan,
  readEndState,
  sameEndState,
  type EndState,
  type Violation,
} from '@bailiwick/backstage-testing/oracles';
import type { Passage } from '@bailiwick/backstage-testing/proxy';
import {
  firstCommit,
  isGone,
  secondCommit,
} from '@bailiwick/backstage-testing/people';

const app = 'prices';

/** Actions on a tenant and its app, in this order. */
export const steps = {
  tenant: (bench: FaultBench, tenant: string) =>
    bench.people.createTenant(tenant),
  create: (bench: FaultBench, tenant: string) =>
    bench.people.createApp(tenant, app, firstCommit),
  scale: (bench: FaultBench, tenant: string) =>
    bench.people.scale(tenant, app, 3),
  autoscale: (bench: FaultBench, tenant: string) =>
    bench.people.scale(tenant, app, 2, 4),
  update: (bench: FaultBench, tenant: string) =>
    bench.people.run(tenant, app, secondCommit),
  rollBack: (bench: FaultBench, tenant: string) =>
    bench.people.run(tenant, app, firstCommit),
  remove: (bench: FaultBench, tenant: string) =>
    bench.people.deleteApp(tenant, app),
  leave: (bench: FaultBench, tenant: string) =>
    bench.people.deleteTenant(tenant),
} satisfies Record<
  string,
  (bench: FaultBench, tenant: string) => Promise<unknown>
>;

export type Step = keyof typeof steps;
export const allSteps = Object.keys(steps) as Step[];

/** A run of the steps without faults, with which others are compared. */
export class Rehearsal {
  readonly #ends = new Map<Step, EndState>();
  #writes: Passage[] = [];
  readonly #tenant: string;

  private constructor(tenant: string) {
    this.#tenant = tenant;
  }

  static async play(
    bench: FaultBench,
    tenant = 'rehearsal',
  ): Promise<Rehearsal> {
    const rehearsal = new Rehearsal(tenant);
    const start = bench.proxy.writes.length;
    for (const step of allSteps) {
      await steps[step](bench, tenant);
      if (step === 'leave') {
        await eventually(`${tenant} goes`, () => isGone(bench.admin, tenant));
      } else {
        await bench.settle(tenant, 60);
        await bench.quiesce(500);
      }
      rehearsal.#ends.set(step, await readEndState(bench.admin, tenant));
    }
    rehearsal.#writes = bench.proxy.writes.slice(start);
    return rehearsal;
  }

  /** O1 and O3: waits until a tenant is as it was after the step here. */
  async reached(
    bench: FaultBench,
    tenant: string,
    step: Step,
    seconds = 120,
  ): Promise<void> {
    let violations: Violation[] = [];
    await eventually(
      `The end state of ${step}`,
      async () => {
        const end = await readEndState(bench.admin, tenant);
        violations = sameEndState(this.#ends.get(step)!, end);
        return violations.length === 0;
      },
      seconds,
    ).catch(error => {
      throw new Error(`${error.message}\n${violations.join('\n')}`);
    });
  }

  /** O2 for a tenant that did all steps. */
  countsOf(tenant: string, writes: Passage[]): Violation[] {
    return noMoreThan(
      { tenant: this.#tenant, writes: this.#writes },
      { tenant, writes },
    );
  }
}
