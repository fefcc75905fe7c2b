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
  titleSchema,
} from './schema/scalars';
import { statusBase } from './status/conditions';
import { staleSchema } from './status/stale';
import { amountFields, resourceNames } from './planResources';

/** Maximum number of usage samples: one every four hours for a week. @public */
export const mostUsageSamples = 42;

/** Roles within a tenant, most powerful first. @public */
export const tenantRoles = ['owner', 'builder', 'viewer'] as const;

/** Role within a tenant. @public */
export type TenantRole = (typeof tenantRoles)[number];

const member = z.strictObject({
  subject: subjectSchema,
  role: z
    .enum(tenantRoles)
    .describe(
      'Owners manage the tenant, builders create apps, viewers read them.',
    ),
});

const limits = z.strictObject(amountFields(resourceNames, 1)).partial();

const environment = withRules(
  z.strictObject({
    name: withRules(
      text(63, 'Name of the environment, such as dev.'),
      environmentNameRules,
    ),
    cluster: labelSchema
      .default('local')
      .describe('Cluster of the environment.'),
    protected: z
      .boolean()
      .default(false)
      .describe('Accepts only releases whose promotion was approved.'),
    expiresAt: instantSchema
      .optional()
      .describe('Expiry of the environment (RFC 3339).'),
    limits: limits
      .optional()
      .describe('Limits below those of the plan; the plan sets the others.'),
  }),
  [
    {
      cel: 'self.cluster == oldSelf.cluster',
      message:
        "The cluster of an environment can't be changed; create another environment",
      holds: () => true,
    },
  ],
);

const cordon = z.object({
  reason: shownText(500).describe('Reason, shown to the members.'),
  by: text(120, 'Requester.'),
  at: instantSchema.describe('Start time (RFC 3339).'),
});

/** Spec of a tenant; also the `proposed` part of a request to create one. */
export const tenantSpecSchema = z
  .object({
    title: titleSchema,
    purpose: shownText(500).describe('Purpose, in one sentence.'),
    owners: z
      .array(groupSchema)
      .min(1, 'must have at least one group')
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
      .describe('Names of domain packs.'),
    environments: keyedList(environment, 'name', 20)
      .min(1, 'must have at least one environment')
      .describe('Environments, such as dev and prod.'),
    costCentre: text(40, 'Cost center.').optional(),
    expiresAt: instantSchema
      .optional()
      .describe('Expiry of the tenant (RFC 3339).'),
    deletionProtection: z
      .boolean()
      .default(true)
      .describe(
        "While true, the tenant can't be deleted directly; only an approved offboarding, or the end of the grace period, deletes it.",
      ),
  })
  .describe('Owners, members, plan and environments of the tenant.');

const amounts = z.object(amountFields(resourceNames));

const environmentStatus = z.object({
  name: z.string().describe('Name of the environment.'),
  namespace: z.string().describe('Namespace of the environment.'),
  ready: z.boolean().describe('Whether the environment is ready for apps.'),
  used: amounts.optional().describe('Sum of requests of its pods.'),
  limit: amounts.optional().describe('Limits of the plan.'),
  suspendedAt: instantSchema
    .optional()
    .describe('Start of the suspension after expiry (RFC 3339).'),
  stale: staleSchema.optional(),
});

const usageSample = z.object({
  at: instantSchema.describe('Time of the measurement (RFC 3339).'),
  ...amountFields(resourceNames),
  plan: z.string().optional().describe('Plan at that time.'),
  usedRatio: z
    .number()
    .min(0)
    .describe(
      "Requests divided by the plan's limit, for the scarcest resource of the fullest environment.",
    ),
});

/** Maximum number of concurrent accesses of people without membership to a tenant. @public */
export const maxAccesses = 500;

const access = z.object({
  request: labelSchema.describe('Name of the approved request.'),
  user: subjectSchema.describe('Person with the access.'),
  app: labelSchema.describe('App that the person can read.'),
  environment: labelSchema.describe('Environment that the person can read.'),
  functions: z
    .array(z.string().max(100))
    .max(100)
    .optional()
    .describe('Functions that the person can read; all by default.'),
  expiresAt: instantSchema.describe('End of the access (RFC 3339).'),
});

/** A team with its environments, members and limits. @public */
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
        .describe(
          'While present, members have read-only access. Set by a request.',
        ),
    })
    .describe('Owners, members, plan and environments of the tenant.'),
  status: z
    .object({
      ...statusBase,
      phase: z
        .enum(['Pending', 'Ready', 'Suspended', 'Expired', 'Deleting'])
        .optional()
        .describe('Lifecycle phase of the tenant.'),
      environments: keyedList(environmentStatus, 'name', 20)
        .optional()
        .describe('State of each environment.'),
      suspendedAt: instantSchema
        .optional()
        .describe('Start of the suspension after expiry (RFC 3339).'),
      usage: z
        .array(usageSample)
        .max(mostUsageSamples)
        .optional()
        .describe('Usage of all environments, oldest first.'),
      access: keyedList(access, 'request', maxAccesses)
        .optional()
        .describe(
          'People without membership who can read one app in one environment, by approved requests that are neither expired nor revoked.',
        ),
      clusters: z
        .array(z.string())
        .optional()
        .describe('Target clusters that can have objects of the tenant.'),
    })
    .describe('State of the tenant as last observed by the operator.'),
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

/** A team with its environments, members and limits. @public */
export type Tenant = ObjectOf<typeof tenantKind>;
/** Spec of a {@link Tenant}. @public */
export type TenantSpec = Tenant['spec'];
/** Environment in the spec of a {@link Tenant}. @public */
export type TenantEnvironment = TenantSpec['environments'][number];
/** Read access of a person without membership, in the status of a {@link Tenant}. @public */
export type Access = z.output<typeof access>;
/** Usage of all environments of a {@link Tenant} at one time. @public */
export type UsageSample = z.output<typeof usageSample>;
