import type { KubeClient } from '@bailiwick/backstage-kube-controller';
import {
  findCondition,
  type ChangeAction,
  type ChangeRequest,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { eventually } from '@bailiwick/backstage-testing';
import { request } from '@bailiwick/backstage-testing/objects';
import { resources, type World } from './World';

/** Rules of a plan that approve everything. */
export const approveAll = {
  rules: [{ when: 'true', verdict: 'approve' as const, reason: 'In tests.' }],
  deciders: ['group:default/leads'],
};

/** Requests of a platform engineer, who can request everything. */
export class RequestSteps {
  readonly petra: KubeClient;
  readonly #world: World;
  #count = 0;

  constructor(world: World) {
    this.#world = world;
    this.petra = world.as('user:default/petra', 'group:default/platform');
  }

  /** Sends a request and returns its name. */
  async ask(
    action: ChangeAction,
    proposed: Record<string, unknown>,
    target = 'desk',
  ): Promise<string> {
    this.#count += 1;
    const name = `ask-${target}-${this.#count}`;
    const requestedBy = 'user:default/petra';
    await resources
      .requests(this.petra)
      .create(request(name, target, { action, proposed, requestedBy }));
    return name;
  }

  /** The request once it is in one of some phases. */
  settled(name: string, ...phases: string[]): Promise<ChangeRequest> {
    return eventually(
      `${name} is ${phases.join(' or ')}`,
      async () => {
        const found = await resources.requests(this.#world.admin).get(name);
        return phases.includes(found.status?.phase ?? '') ? found : undefined;
      },
      40,
    );
  }

  /** Sends a request and waits for its end. */
  async change(...args: Parameters<RequestSteps['ask']>) {
    return this.settled(await this.ask(...args), 'Applied', 'Failed');
  }
}

/** Returns the reason in the status of a request. */
export function why({ status }: ChangeRequest): string | undefined {
  return findCondition(status, 'Applied')?.message;
}
