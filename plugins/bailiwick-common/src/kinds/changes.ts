import { z } from 'zod';
import { fieldPath, firstIssues, isMissing, issueWords } from './schema/kind';
import { anyObject, keyedList } from './schema/rules';
import { instantSchema, labelSchema, shownText, text } from './schema/scalars';
import { accessSchema } from './accessRequest';
import type { ChangeAction } from './changeRequest';
import { tenantSpecSchema } from './tenant';

const { environments, members, owners, plan } = tenantSpecSchema.shape;

/**
 * Schemas of the proposals of requests about a tenant, by action. Used by the portal, the scaffolder and the
 * operator.
 *
 * @public
 */
export const changeSchemas = {
  create: tenantSpecSchema,
  changePlan: z.strictObject({ plan }),
  setEnvironments: z.union([
    z.strictObject({
      environments: environments.describe('New list of all environments.'),
    }),
    z.strictObject({
      add: environments.describe('Environments to add.'),
    }),
  ]),
  setMembers: z.strictObject({
    members: members.unwrap().describe('New list of all members.'),
  }),
  renew: z.union([
    z.strictObject({
      expiresAt: instantSchema.describe('Expiry of the tenant (RFC 3339).'),
    }),
    z.strictObject({
      environments: keyedList(
        z.strictObject({
          name: labelSchema.describe('Name of the environment.'),
          expiresAt: instantSchema.describe('Expiry (RFC 3339).'),
        }),
        'name',
        20,
      ).min(1),
    }),
  ]),
  transfer: z.strictObject({ owners }),
  offboard: z.strictObject({
    confirm: text(63, 'Name of the tenant, as confirmation.'),
  }),
  cordon: z.strictObject({
    reason: shownText(500).describe('Reason, shown to the members.'),
  }),
  uncordon: z.strictObject({}),
} satisfies Partial<Record<ChangeAction, z.ZodType>>;

/** Checks of a release whose failure can be overridden; the code check cannot be. @public */
export const overridableChecks = [
  'contract',
  'health',
  'soak',
  'runs',
  'tests',
  'data',
  'advisories',
] as const;

/** One of {@link overridableChecks}. @public */
export type OverridableCheck = (typeof overridableChecks)[number];

/** Proposal of a promotion. @public */
export const promotionSchema = z.strictObject({
  environment: labelSchema.describe('Target environment.'),
  release: labelSchema.describe('Release to promote.'),
  parameters: anyObject()
    .optional()
    .describe('New settings of the environment.'),
  overriddenChecks: z
    .array(z.enum(overridableChecks))
    .max(overridableChecks.length)
    .optional()
    .describe('Failed checks to override.'),
});

const proposalSchemas = {
  ...changeSchemas,
  promote: promotionSchema,
  grantAccess: accessSchema,
} satisfies Record<ChangeAction, z.ZodType>;

/** Action of a request about a tenant. @public */
export type TenantAction = keyof typeof changeSchemas;

/** Proposal of a request, including defaults. @public */
export type Proposal<A extends ChangeAction = ChangeAction> = z.output<
  (typeof proposalSchemas)[A]
>;

/**
 * Reads the proposal of a request.
 *
 * @returns the proposal with its defaults, or its problems, one sentence each
 * @public
 */
export function readProposal<A extends ChangeAction>(
  action: A,
  proposed: unknown,
):
  | { proposal: Proposal<A>; problems?: undefined }
  | { proposal?: undefined; problems: string[] } {
  const { data, error } = schemaFor(action, proposed).safeParse(proposed);
  if (!error) return { proposal: data as Proposal<A> };
  return { problems: firstIssues(error).map(issue => sentence(action, issue)) };
}

/**
 * Returns the schema of an action; if there are several forms, the one with the first field of the proposal, so that
 * problems are reported for one form.
 */
function schemaFor(action: ChangeAction, proposed: unknown): z.ZodType {
  const schema: z.ZodType = proposalSchemas[action];
  if (!(schema instanceof z.ZodUnion)) return schema;
  const forms = schema.options as z.ZodObject[];
  const fields = Object.keys((proposed as object) ?? {});
  return (
    forms.find(({ shape }) =>
      fields.some(field => Object.hasOwn(shape, field)),
    ) ?? forms[0]
  );
}

function sentence(action: ChangeAction, issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
    const keys = issue.keys.join(', ');
    return `Action "${action}" ${fieldsOf(action)}; remove ${keys}`;
  }
  const [field] = issue.path;
  if (issue.path.length === 1 && isMissing(issue))
    return `Action "${action}" requires ${String(field)}`;
  return `${fieldPath(['proposed', ...issue.path])}: ${issueWords(issue)}`;
}

function fieldsOf(action: ChangeAction): string {
  const schema: z.ZodType = proposalSchemas[action];
  const forms = (
    schema instanceof z.ZodUnion ? schema.options : [schema]
  ) as z.ZodObject[];
  const fields = forms.flatMap(({ shape }) => Object.keys(shape));
  return fields.length > 0
    ? `accepts only ${fields.join(' or ')}`
    : 'accepts no fields';
}
