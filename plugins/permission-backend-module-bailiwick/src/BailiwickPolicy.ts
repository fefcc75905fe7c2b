import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { platformGroup } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { decideBailiwick } from './decideBailiwick';

/**
 * Names of Backstage's own permissions that all signed-in people have. `catalog.entity.validate` is not among them:
 * validating a Location reads files of the portal's machine, and validating any entity sends requests to its addresses.
 */
const forEverybody = new Set([
  'catalog.entity.read',
  'catalog.entity.refresh',
  'catalog.location.read',
  'kubernetes.clusters.read',
  'kubernetes.resources.read',
  'scaffolder.action.execute',
  'scaffolder.task.create',
  'scaffolder.template.parameter.read',
  'scaffolder.template.step.read',
]);

/** Of templates that run, or ran, people see and stop their own: answers are in there. */
const forTaskOwner = new Set([
  'scaffolder.task.cancel',
  'scaffolder.task.read',
]);

/**
 * Denies by default. Rules decide about Bailiwick's own permissions; of Backstage's own, all signed-in people have the
 * everyday ones, and platform engineers have all.
 */
export class BailiwickPolicy implements PermissionPolicy {
  readonly #platformGroup: string;

  constructor(options: { platformGroup?: string } = {}) {
    this.#platformGroup = options.platformGroup ?? platformGroup;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const decided = decideBailiwick(permission, user, {
      platformGroup: this.#platformGroup,
    });
    if (decided) return decided;
    const mayAll = user?.info.ownershipEntityRefs.includes(this.#platformGroup);
    if (!mayAll && user && forTaskOwner.has(permission.name))
      return ownTasks(user.info.userEntityRef);
    const isEveryday = user !== undefined && forEverybody.has(permission.name);
    return {
      result:
        mayAll || isEveryday ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
    };
  }
}

/** The condition of `@backstage/plugin-scaffolder-backend` that a person started the task. */
function ownTasks(user: string): PolicyDecision {
  const resourceType = 'scaffolder-task';
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'scaffolder',
    resourceType,
    conditions: {
      rule: 'IS_TASK_OWNER',
      resourceType,
      params: { createdBy: [user] },
    },
  };
}
