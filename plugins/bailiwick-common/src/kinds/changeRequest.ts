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
        message: 'A request about a tenant must not have a target namespace',
        holds: ({ kind, namespace }) =>
          kind !== 'Tenant' || namespace === undefined,
      },
    ]).describe('Object to create or change.'),
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
        'grantAccess',
      ])
      .describe('Action on the target.'),
    // `changes.ts` has the schema of each action.
    proposed: anyObject().describe(
      'Spec, or part of it, to apply after approval.',
    ),
    reason: shownText(500).describe('Reason, shown to approvers.'),
    requestedBy: subjectSchema.describe(
      'Requester; must be the user who creates the request.',
    ),
    expiresAt: instantSchema
      .optional()
      .describe(
        'Decision deadline (RFC 3339); by default 14 days after creation.',
      ),
  })
  .describe('Requested change and its reason.');

const removed = z.object({
  uid: text(64, 'uid of the deleted tenant.'),
  objects: keyedList(
    z.object({
      kind: text(64, 'Kind of the objects.'),
      count: z.int().min(0).describe('Number of objects.'),
    }),
    'kind',
    40,
  ).describe('Objects of the tenant when its deletion started.'),
  left: z
    .int()
    .min(0)
    .optional()
    .describe('Number of objects left at the end; absent until then.'),
});

/** A change that a rule or an approver must approve before it is applied. @public */
export const changeRequestKind = defineKind({
  kind: 'ChangeRequest',
  plural: 'changerequests',
  shortNames: ['cr'],
  scope: 'Cluster',
  description:
    'A change that a rule or an approver must approve before it is applied.',
  spec: withRules(changeRequestSpec, [
    {
      cel: "(self.action in ['promote', 'grantAccess']) == (self.target.kind == 'App')",
      message:
        'The target of a promotion or an access request must be an app, and of every other action a tenant',
      holds: ({ action, target: { kind } }) =>
        ['promote', 'grantAccess'].includes(action) === (kind === 'App'),
    },
    {
      cel: 'self == oldSelf',
      message:
        "A request can't be changed after creation; withdraw it and create a new one",
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
        .describe('Open until decided, Approved until applied.'),
      verdict: z
        .object({
          verdict: z.enum(['approve', 'deny']).describe('Decision.'),
          by: text(120, '`rule`, or the reference of the approver.'),
          rule: z
            .int()
            .min(0)
            .optional()
            .describe('Index of the rule in the plan, from 0.'),
          reason: shownText(500).describe('Reason, shown to the requester.'),
          at: instantSchema.describe('Time of the decision (RFC 3339).'),
        })
        .optional()
        .describe('Decision; absent until decided.'),
      revocation: z
        .object({
          by: text(120, 'Owner, or the requester who gave the access up.'),
          at: instantSchema.describe('Time of the revocation (RFC 3339).'),
        })
        .optional()
        .describe('Early end of granted access; absent until then.'),
      comments: z
        .array(
          z.object({
            by: text(120, 'Reference of the author.'),
            at: instantSchema.describe('Time of the comment (RFC 3339).'),
            text: shownText(1000).describe('Plain text.'),
            requestsChanges: z
              .boolean()
              .optional()
              .describe('Whether an approver requests changes.'),
          }),
        )
        .max(50)
        .optional()
        .describe('Comments while the request is open, oldest first.'),
      plan: labelSchema
        .optional()
        .describe('Name of the plan whose rules and approvers apply.'),
      before: anyObject()
        .optional()
        .describe('Previous values, in the shape of `proposed`.'),
      evidence: anyObject()
        .optional()
        .describe('Evidence at the time of the request.'),
      removed: removed
        .optional()
        .describe('Objects deleted by an offboarding, and the number left.'),
    })
    .describe('Status of the request.'),
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

/** A change that a rule or an approver must approve before it is applied. @public */
export type ChangeRequest = ObjectOf<typeof changeRequestKind>;

/** Action of a request. @public */
export type ChangeAction = ChangeRequest['spec']['action'];

/** Milliseconds after which a request without a deadline expires. */
const openTime = 14 * 86_400_000;

/** Returns the deadline of a request, RFC 3339; `undefined` before it is stored. @public */
export function requestEnd({
  metadata: { creationTimestamp },
  spec,
}: Pick<ChangeRequest, 'metadata' | 'spec'>): string | undefined {
  if (spec.expiresAt || !creationTimestamp) return spec.expiresAt;
  return new Date(Date.parse(creationTimestamp) + openTime).toISOString();
}

/** Returns the name of the proposed plan. `undefined` for actions that do not change the plan. */
export function proposedPlan({
  action,
  proposed,
}: Pick<ChangeRequest['spec'], 'action' | 'proposed'>): string | undefined {
  const isProposed = action === 'create' || action === 'changePlan';
  return isProposed && typeof proposed.plan === 'string'
    ? proposed.plan
    : undefined;
}
