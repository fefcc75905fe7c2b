import { z } from 'zod';
import { defineKind, type ObjectOf } from '../schema/kind';
import { anyObject, withRules } from '../schema/rules';
import { instantSchema, labelSchema, subjectSchema } from '../schema/scalars';
import { statusBase } from '../status/conditions';

const target = z.object({
  kind: z.enum(['Tenant', 'App']).describe('Kind of the object.'),
  name: labelSchema.describe('Name of the object.'),
  namespace: labelSchema
    .optional()
    .describe('Namespace of the object, for an app.'),
});

const changeRequestSpec = z
  .object({
    target: withRules(target, [
      {
        // CEL reserves the word `namespace`.
        cel: "self.kind != 'Tenant' || !has(self.__namespace__)",
        message: 'A tenant has no namespace',
        holds: ({ kind, namespace }) =>
          kind !== 'Tenant' || namespace === undefined,
      },
    ]).describe('What shall be made or changed.'),
    action: z
      .enum([
        'create',
        'changePlan',
        'setEnvironments',
        'renew',
        'transfer',
        'offboard',
        'promote',
      ])
      .describe('What shall happen to the target.'),
    proposed: anyObject().describe(
      'The spec, or the part of it, that shall hold after approval.',
    ),
    reason: z
      .string()
      .min(1, 'must not be empty')
      .max(500)
      .describe('Why, for the person who decides.'),
    requestedBy: subjectSchema.describe(
      'Who asks; must be the user who creates the request.',
    ),
    expiresAt: instantSchema
      .optional()
      .describe('Until when it can be decided (RFC 3339).'),
  })
  .describe('What shall change, and why.');

/** A change that a rule or a person approves before it is carried out. */
export const changeRequestKind = defineKind({
  kind: 'ChangeRequest',
  plural: 'changerequests',
  shortNames: ['cr'],
  scope: 'Cluster',
  description:
    'A change that a rule or a person approves before it is carried out.',
  spec: withRules(changeRequestSpec, [
    {
      cel: 'self == oldSelf',
      message:
        'A request cannot be changed after it was made; withdraw it and make a new one',
      holds: () => true,
    },
  ]),
  status: z
    .object({
      ...statusBase,
      phase: z
        .enum([
          'Open',
          'Approved',
          'Denied',
          'Withdrawn',
          'Expired',
          'Applied',
          'Failed',
        ])
        .optional()
        .describe('Open until decided, Approved until carried out.'),
      verdict: z
        .object({
          verdict: z.enum(['approve', 'deny']).describe('What was decided.'),
          by: z
            .string()
            .max(120)
            .describe('`rule`, or the reference of the person who decided.'),
          rule: z
            .int()
            .min(0)
            .optional()
            .describe('Position of the rule in the plan, from 0.'),
          reason: z
            .string()
            .max(500)
            .describe('Why, for the person who asked.'),
          at: instantSchema.describe('When it was decided (RFC 3339).'),
        })
        .optional()
        .describe('The decision, once there is one.'),
      evidence: anyObject()
        .optional()
        .describe('Facts at the time of the request.'),
    })
    .describe('Where the request stands.'),
  columns: [
    { name: 'Action', type: 'string', jsonPath: '.spec.action' },
    { name: 'Target', type: 'string', jsonPath: '.spec.target.name' },
    { name: 'By', type: 'string', jsonPath: '.spec.requestedBy' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    {
      name: 'Decided by',
      type: 'string',
      jsonPath: '.status.verdict.by',
      priority: 1,
    },
    { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
  ],
  rules: [],
});

/** A change that a rule or a person approves before it is carried out. */
export type ChangeRequest = ObjectOf<typeof changeRequestKind>;

/**
 * Name of the plan that a request proposes, whose deciders decide. `undefined` for actions that
 * leave the plan as it is, whatever they propose: those are for the platform team.
 */
export function proposedPlan({
  action,
  proposed,
}: Pick<ChangeRequest['spec'], 'action' | 'proposed'>): string | undefined {
  const isProposed = action === 'create' || action === 'changePlan';
  return isProposed && typeof proposed.plan === 'string'
    ? proposed.plan
    : undefined;
}
