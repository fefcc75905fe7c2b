import { z } from 'zod';
import { defineKind, type ObjectOf } from '../schema/kind';
import { durationSchema, groupSchema, quantitySchema } from '../schema/scalars';
import { statusBase } from '../status/conditions';

const resources = z.object({ cpu: quantitySchema, memory: quantitySchema });

const perEnvironment = z
  .object({
    cpu: quantitySchema,
    memory: quantitySchema,
    storage: quantitySchema,
    apps: z.int().min(0).max(1000).describe('Apps that may run in it.'),
    workspaces: z.int().min(0).max(1000).default(0),
    pods: z.int().min(1).max(10000),
    defaultContainer: resources.describe(
      'Request of a container that names none.',
    ),
    maxContainer: resources.describe('Most that one container may ask for.'),
  })
  .describe('Limits of one environment; becomes ResourceQuota and LimitRange.');

const approvalRule = z.object({
  when: z
    .string()
    .max(1000)
    .describe('CEL over `request` and `evidence`; true decides.'),
  verdict: z.enum(['approve', 'deny']),
  reason: z.string().max(500),
});

const decimal = z
  .string()
  .max(20)
  .regex(/^[0-9]+(\.[0-9]+)?$/, 'must be a decimal number such as 0.03');

/** A tier that a tenant can ask for. */
export const planKind = defineKind({
  kind: 'Plan',
  plural: 'plans',
  shortNames: ['bwplan'],
  scope: 'Cluster',
  description:
    'A tier that a tenant can ask for: limits, prices and who approves.',
  spec: z.object({
    title: z.string().min(1).max(80),
    description: z.string().max(500).default(''),
    order: z
      .int()
      .min(0)
      .max(10000)
      .describe('Rank among the plans, smallest first.'),
    perEnvironment,
    environments: z
      .object({
        max: z.int().min(1).max(20),
        names: z
          .array(z.string().max(20))
          .max(20)
          .describe('Names offered in the form.'),
      })
      .describe('How many environments a tenant may have.'),
    prices: z
      .object({
        currency: z
          .string()
          .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as EUR'),
        cpuHour: decimal,
        memoryGiBHour: decimal,
        storageGiBMonth: decimal,
      })
      .optional()
      .describe('Prices as decimal numbers in the currency (ISO 4217).'),
    approval: z
      .object({
        rules: z.array(approvalRule).max(20).default([]),
        deciders: z.array(groupSchema).min(1).max(10),
      })
      .describe(
        'The first rule that matches decides, otherwise one of the deciders.',
      ),
    maxLifetime: durationSchema
      .optional()
      .describe('Longest time until a tenant ends.'),
  }),
  status: z.object(statusBase),
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
  rules: [],
});

/** A tier that a tenant can ask for. */
export type Plan = ObjectOf<typeof planKind>;
