import { z } from 'zod';
import {
  environmentNameRules,
  onObjectName,
  tenantNameRules,
} from './nameRules';
import { defineKind, type ObjectOf } from './schema/kind';
import { keyedList, withRules } from './schema/rules';
import {
  groupSchema,
  instantSchema,
  labelSchema,
  shownText,
  subjectSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { staleSchema } from './status/stale';
import { amountFields, resourceNames } from './resources';

/** Samples of usage that a tenant keeps: a week of one every four hours. */
export const mostUsageSamples = 42;

/** Roles within a tenant, most powerful first. */
export const tenantRoles = ['owner', 'builder', 'viewer'] as const;

/** Role within a tenant. */
export type TenantRole = (typeof tenantRoles)[number];

const member = z.strictObject({
  subject: subjectSchema,
  role: z
    .enum(tenantRoles)
    .describe(
      'Owners manage the tenant, builders make apps, viewers look at them.',
    ),
});

const limits = z.strictObject(amountFields(resourceNames, 1)).partial();

const environment = withRules(
  z.strictObject({
    name: withRules(
      text(63, 'Name of the environment, such as dev.'),
      environmentNameRules,
    ),
    cluster: labelSchema.default('local').describe('Cluster on which it runs.'),
    protected: z
      .boolean()
      .default(false)
      .describe('Changes need a promotion that somebody approves.'),
    expiresAt: instantSchema
      .optional()
      .describe('When the environment ends (RFC 3339).'),
    limits: limits
      .optional()
      .describe(
        'Less than the plan allows an environment; the plan says the rest.',
      ),
  }),
  [
    {
      cel: 'self.cluster == oldSelf.cluster',
      message: 'An environment stays on its cluster; make another environment',
      holds: () => true,
    },
  ],
);

const cordon = z.object({
  reason: shownText(500).describe('Why, for the members.'),
  by: text(120, 'Who asked for it.'),
  at: instantSchema.describe('Since when (RFC 3339).'),
});

/** What a person may ask for in a tenant; also the `proposed` part of a request to create one. */
export const tenantSpecSchema = z
  .object({
    title: shownText(80).describe('What people call it.'),
    purpose: shownText(500).describe('What it is for, in a sentence.'),
    owners: z
      .array(groupSchema)
      .min(1, 'needs at least one group')
      .max(10)
      .describe('Groups that own the tenant.'),
    members: keyedList(member, 'subject', 200)
      .default([])
      .describe('People and groups with a role.'),
    plan: labelSchema.describe('Name of the Plan.'),
    domains: z
      .array(labelSchema)
      .max(20)
      .default([])
      .describe('Names of the domain packs it uses.'),
    environments: keyedList(environment, 'name', 20)
      .min(1, 'needs at least one environment')
      .describe('Places in which apps run, such as dev and prod.'),
    costCentre: text(40, 'Who pays for it.').optional(),
    expiresAt: instantSchema
      .optional()
      .describe('When the tenant ends (RFC 3339).'),
    deletionProtection: z
      .boolean()
      .default(true)
      .describe(
        'While true, nobody can delete the tenant; it goes by an approved offboarding, or when its grace period is over.',
      ),
  })
  .describe('Who the tenant is for and what it may use.');

const amounts = z
  .object(amountFields(resourceNames))
  .partial({ storage: true });

const environmentStatus = z.object({
  name: z.string().describe('Name of the environment.'),
  namespace: z.string().describe('Namespace in which its apps run.'),
  ready: z.boolean().describe('Whether apps can run in it.'),
  used: amounts.optional().describe('What its pods ask for.'),
  limit: amounts.optional().describe('What the plan allows.'),
  suspendedAt: instantSchema
    .optional()
    .describe('Since when it is suspended because it ended (RFC 3339).'),
  stale: staleSchema.optional(),
});

const usageSample = z.object({
  at: instantSchema.describe('When it was looked (RFC 3339).'),
  ...amountFields(resourceNames),
  plan: z.string().optional().describe('Plan that it had then.'),
  usedRatio: z
    .number()
    .min(0)
    .describe(
      'What pods request in the fullest environment, divided by what the plan allows in one, by the scarcest resource of containers.',
    ),
});

/** A team's place: environments, members and limits. */
export const tenantKind = defineKind({
  kind: 'Tenant',
  plural: 'tenants',
  shortNames: ['tn'],
  scope: 'Cluster',
  description: 'A team with its environments, members and limits.',
  spec: tenantSpecSchema
    .extend({
      cordon: cordon
        .optional()
        .describe('While present, members may only read. Set by a request.'),
    })
    .describe('Who the tenant is for and what it may use.'),
  status: z
    .object({
      ...statusBase,
      phase: z
        .enum(['Pending', 'Ready', 'Suspended', 'Expired', 'Deleting'])
        .optional()
        .describe('Where the tenant is in its life.'),
      environments: keyedList(environmentStatus, 'name', 20)
        .optional()
        .describe('State of each environment.'),
      suspendedAt: instantSchema
        .optional()
        .describe('Since when it is suspended because it ended (RFC 3339).'),
      usage: z
        .array(usageSample)
        .max(mostUsageSamples)
        .optional()
        .describe('What all environments used together, oldest first.'),
      clusters: z
        .array(z.string())
        .optional()
        .describe(
          "Clusters other than the operator's own on which something of it may be.",
        ),
    })
    .describe('What the tenant has, as the operator saw it last.'),
  columns: [
    { name: 'Title', type: 'string', jsonPath: '.spec.title' },
    { name: 'Plan', type: 'string', jsonPath: '.spec.plan' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    {
      name: 'Why',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Ready")].message',
    },
    { name: 'Ends', type: 'string', jsonPath: '.spec.expiresAt', priority: 1 },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  rules: onObjectName(tenantNameRules),
});

/** A team's place: environments, members and limits. */
export type Tenant = ObjectOf<typeof tenantKind>;
/** Spec of a {@link Tenant}. */
export type TenantSpec = Tenant['spec'];
/** Environment in the spec of a {@link Tenant}. */
export type TenantEnvironment = TenantSpec['environments'][number];
/** What was used at one time, in all environments of a {@link Tenant} together. */
export type UsageSample = z.output<typeof usageSample>;
