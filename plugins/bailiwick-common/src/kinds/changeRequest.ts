import { z } from 'zod';
import { defineKind, type ObjectOf } from './schema/kind';
import { anyObject, keyedList, withRules } from './schema/rules';
import {
  instantSchema,
  labelSchema,
  shownText,
  subjectSchema,
  text,
} from './schema/scalars';
import { statusBase } from './status/conditions';

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
        'setMembers',
        'renew',
        'transfer',
        'offboard',
        'cordon',
        'uncordon',
        'promote',
      ])
      .describe('What shall happen to the target.'),
    proposed: anyObject().describe(
      'The spec, or the part of it, that shall hold after approval.',
    ),
    reason: shownText(500).describe('Why, for the person who decides.'),
    requestedBy: subjectSchema.describe(
      'Who asks; must be the user who creates the request.',
    ),
    expiresAt: instantSchema
      .optional()
      .describe(
        'Until when it can be decided (RFC 3339); 14 days after it was made when absent.',
      ),
  })
  .describe('What shall change, and why.');

const removed = z.object({
  uid: text(64, 'Identity of the tenant that was removed.'),
  objects: keyedList(
    z.object({
      kind: text(64, 'Kind of the objects.'),
      count: z.int().min(0).describe('How many there were.'),
    }),
    'kind',
    40,
  ).describe('What belonged to the tenant when its removal began.'),
  left: z
    .int()
    .min(0)
    .optional()
    .describe('How much of it was left at the end; absent until then.'),
});

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
      cel: "(self.action == 'promote') == (self.target.kind == 'App')",
      message:
        'A promotion is about an app, and every other action about a tenant',
      holds: ({ action, target: { kind } }) =>
        (action === 'promote') === (kind === 'App'),
    },
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
          by: text(120, '`rule`, or the reference of the person who decided.'),
          rule: z
            .int()
            .min(0)
            .optional()
            .describe('Position of the rule in the plan, from 0.'),
          reason: shownText(500).describe('Why, for the person who asked.'),
          at: instantSchema.describe('When it was decided (RFC 3339).'),
        })
        .optional()
        .describe('The decision, once there is one.'),
      plan: labelSchema
        .optional()
        .describe('Name of the plan whose rules and deciders apply.'),
      before: anyObject()
        .optional()
        .describe('What the change replaces, in the shape of `proposed`.'),
      evidence: anyObject()
        .optional()
        .describe('Facts at the time of the request.'),
      removed: removed
        .optional()
        .describe('What an offboarding deleted, and that nothing is left.'),
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
});

/** A change that a rule or a person approves before it is carried out. */
export type ChangeRequest = ObjectOf<typeof changeRequestKind>;

/** What a request may ask for. */
export type ChangeAction = ChangeRequest['spec']['action'];

/** Milliseconds after which a request ends that names no end. */
const openTime = 14 * 86_400_000;

/** Until when a request can be decided, RFC 3339; `undefined` before it is stored. */
export function requestEnd({
  metadata: { creationTimestamp },
  spec,
}: Pick<ChangeRequest, 'metadata' | 'spec'>): string | undefined {
  if (spec.expiresAt || !creationTimestamp) return spec.expiresAt;
  return new Date(Date.parse(creationTimestamp) + openTime).toISOString();
}

/**
 * Name of the plan that a request proposes. `undefined` for actions that leave the plan as it is,
 * whatever they propose.
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
