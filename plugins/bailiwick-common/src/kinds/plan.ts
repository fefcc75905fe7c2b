import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import {
  count,
  durationSchema,
  groupSchema,
  shownText,
  text,
  titleSchema,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import {
  amountFields,
  budgetedResources,
  priceFields,
  requiredContainerResources,
  resourceNames,
} from './planResources';

const container = z.object(
  amountFields(requiredContainerResources, undefined, ({ title, unit }) =>
    unit === 'cores'
      ? `${title} cores, such as 500m.`
      : `${title}, such as 512Mi.`,
  ),
);

const mostEnvironments = 20;

const perEnvironment = z
  .object({
    ...amountFields(resourceNames, 1),
    defaultContainer: container.describe('Default request of a container.'),
    maxContainer: container.describe('Maximum request of one container.'),
  })
  .describe('Limits of one environment; becomes ResourceQuota and LimitRange.');

const budget = z.object(amountFields(budgetedResources, mostEnvironments));

const approvalRule = z.object({
  when: text(
    1000,
    'CEL expression over `request` and `evidence`; the rule applies if it returns true.',
  ),
  verdict: z.enum(['approve', 'deny']).describe('Decision of the rule.'),
  reason: shownText(500).describe('Reason, shown to the requester.'),
});

/** A tier that a tenant can ask for. @public */
export const planKind = defineKind({
  kind: 'Plan',
  plural: 'plans',
  shortNames: ['bwplan'],
  scope: 'Cluster',
  description: 'A tier for tenants: limits, prices and approvers.',
  spec: z
    .object({
      title: titleSchema,
      description: z
        .string()
        .max(500)
        .default('')
        .describe('Intended audience.'),
      order: count(0, 10000, 'Sort order of plans, smallest first.'),
      perEnvironment,
      environments: z
        .object({
          max: count(1, mostEnvironments, 'Maximum environments per tenant.'),
          names: z
            .array(z.string().max(20))
            .max(20)
            .describe('Suggested names.'),
        })
        .describe('Limits of environments per tenant.'),
      budget: budget
        .optional()
        .describe(
          'Total limits of all environments of a tenant; by default `perEnvironment` times the maximum environments.',
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
            .describe('Approval rules, evaluated in this order.'),
          deciders: z
            .array(groupSchema)
            .min(1)
            .max(10)
            .describe('Approver groups.'),
        })
        .describe(
          'The first rule that matches decides, otherwise an approver.',
        ),
      maxLifetime: durationSchema
        .optional()
        .describe('Maximum lifetime of a tenant.'),
      gracePeriod: durationSchema
        .default('14d')
        .describe(
          'How long an expired tenant stays suspended before it is deleted.',
        ),
    })
    .describe('Limits and prices of the plan.'),
  status: z.object(statusBase).describe('Readiness of the plan.'),
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

/** A tier that a tenant can ask for. @public */
export type Plan = ObjectOf<typeof planKind>;
