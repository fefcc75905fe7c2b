import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import {
  count,
  durationSchema,
  groupSchema,
  quantitySchema,
  shownText,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import {
  amountFields,
  budgetedResources,
  priceFields,
  resourceNames,
} from './resources';

const container = z.object({
  cpu: quantitySchema.describe('Cores, such as 500m.'),
  memory: quantitySchema.describe('Memory, such as 512Mi.'),
});

const mostEnvironments = 20;

const perEnvironment = z
  .object({
    ...amountFields(resourceNames, 1),
    workspaces: count(0, 1000, 'Workspaces that may run in it.').default(0),
    defaultContainer: container.describe(
      'Request of a container that names none.',
    ),
    maxContainer: container.describe('Most that one container may request.'),
  })
  .describe('Limits of one environment; becomes ResourceQuota and LimitRange.');

const budget = z.object(amountFields(budgetedResources, mostEnvironments));

const approvalRule = z.object({
  when: text(1000, 'CEL over `request` and `evidence`; true decides.'),
  verdict: z.enum(['approve', 'deny']).describe('What the rule decides.'),
  reason: shownText(500).describe('What the person who asked reads.'),
});

/** A tier that a tenant can ask for. */
export const planKind = defineKind({
  kind: 'Plan',
  plural: 'plans',
  shortNames: ['bwplan'],
  scope: 'Cluster',
  description:
    'A tier that a tenant can ask for: limits, prices and who approves.',
  spec: z
    .object({
      title: shownText(80).describe('What people call it.'),
      description: z.string().max(500).default('').describe('Whom it suits.'),
      order: count(0, 10000, 'Rank among the plans, smallest first.'),
      perEnvironment,
      environments: z
        .object({
          max: count(1, mostEnvironments, 'Most environments of a tenant.'),
          names: z
            .array(z.string().max(20))
            .max(20)
            .describe('Names offered in the form.'),
        })
        .describe('How many environments a tenant may have.'),
      budget: budget
        .optional()
        .describe(
          'Most of all environments of a tenant together; `perEnvironment` times the most environments when absent.',
        ),
      prices: z
        .object({
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR')
            .describe('ISO 4217 code, such as EUR.'),
          ...priceFields(),
        })
        .optional()
        .describe('Prices as decimal numbers in the currency (ISO 4217).'),
      approval: z
        .object({
          rules: z
            .array(approvalRule)
            .max(20)
            .default([])
            .describe('Tried in this order.'),
          deciders: z
            .array(groupSchema)
            .min(1)
            .max(10)
            .describe('Groups whose members decide.'),
        })
        .describe(
          'The first rule that matches decides, otherwise one of the deciders.',
        ),
      maxLifetime: durationSchema
        .optional()
        .describe('Longest time until a tenant ends.'),
      gracePeriod: durationSchema
        .default('14d')
        .describe(
          'How long a tenant that ended is kept suspended before it is removed.',
        ),
    })
    .describe('What a tenant with this plan may use, and what it costs.'),
  status: z.object(statusBase).describe('Whether the plan can be used.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'CPU', type: 'string', jsonPath: '.spec.perEnvironment.cpu' },
    { name: 'Memory', type: 'string', jsonPath: '.spec.perEnvironment.memory' },
    {
      name: 'Environments',
      type: 'integer',
      jsonPath: '.spec.environments.max',
    },
  ],
});

/** A tier that a tenant can ask for. */
export type Plan = ObjectOf<typeof planKind>;
