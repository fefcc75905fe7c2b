import type { z } from 'zod';
import { apiVersion } from '../naming/labels';
import type { Rule } from './rules';

/** Object metadata as the API server returns it; times are RFC 3339 strings. @public */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
}

/** A Kubernetes object with our spec and status. @public */
export interface KubeObject<Spec, Status> {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec: Spec;
  status?: Status;
}

/** A printer column of `kubectl get`. @public */
export interface Column {
  name: string;
  type: 'string' | 'integer' | 'date';
  jsonPath: string;
  priority?: number;
}

/** Declaration of a kind, from which CRD, types and validation are derived. @public */
export interface Kind<
  Spec extends z.ZodType = z.ZodType,
  Status extends z.ZodType = z.ZodType,
> {
  kind: string;
  plural: string;
  shortNames: string[];
  scope: 'Cluster' | 'Namespaced';
  description: string;
  spec: Spec;
  status: Status;
  columns: Column[];
  /** Rules for the whole object, such as those for its name. */
  rules: Rule<any>[];
  apiVersion: string;
}

/** Declares a kind of the group `bailiwick.dev`. */
export function defineKind<Spec extends z.ZodType, Status extends z.ZodType>(
  kind: Omit<Kind<Spec, Status>, 'apiVersion' | 'rules'> & {
    rules?: Rule<any>[];
  },
): Kind<Spec, Status> {
  return { rules: [], ...kind, apiVersion };
}

/** The object type of a kind. @public */
export type ObjectOf<K extends Kind> = KubeObject<
  z.output<K['spec']>,
  z.output<K['status']>
>;

/**
 * Returns the validation errors of an object as `path: message`; empty if it is valid. The messages are those of the
 * API server's CEL rules.
 *
 * @public
 */
export function validate(
  kind: Kind,
  object: { metadata: { name: string }; spec: unknown },
): string[] {
  const spec = kind.spec.safeParse(object.spec);
  return [
    ...kind.rules.filter(rule => !rule.holds(object)).map(r => r.message),
    ...firstIssues(spec.error).map(
      issue => `${fieldPath(['spec', ...issue.path])}: ${issueWords(issue)}`,
    ),
  ];
}

/** Names of the types of JSON in messages. */
const wordsFor: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

/** Whether an issue is about a missing field. @public */
export function isMissing({ code, message }: z.core.$ZodIssue): boolean {
  return code === 'invalid_type' && message.endsWith('received undefined');
}

/**
 * Returns the first issue of each field. A field of the wrong type has only one issue: zod also checks the length of
 * a text if it expects a list.
 *
 * @public
 */
export function firstIssues(error?: z.ZodError): z.core.$ZodIssue[] {
  const issues = error?.issues ?? [];
  const mistyped = issues.filter(({ code }) => code === 'invalid_type');
  return issues.filter(
    issue =>
      mistyped.includes(issue) ||
      mistyped.every(({ path }) => fieldPath(path) !== fieldPath(issue.path)),
  );
}

/** Returns the problem of a field, for use after its path. @public */
export function issueWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `has no field ${issue.keys.join(', ')}; remove it`;
  if (issue.code === 'invalid_format' && issue.format === 'datetime')
    return 'must be a date and time such as 2030-01-31T12:00:00Z';
  if (issue.code === 'too_big' && issue.message.startsWith('Too big'))
    return tooBigWords(issue);
  if (issue.code === 'too_small' && issue.message.startsWith('Too small'))
    return issue.origin === 'array'
      ? `must have at least ${issue.minimum}`
      : `must be at least ${issue.minimum}`;
  if (issue.code !== 'invalid_type') return issue.message;
  return isMissing(issue)
    ? 'is missing'
    : `must be ${wordsFor[issue.expected] ?? issue.expected}`;
}

function tooBigWords({ maximum, origin }: z.core.$ZodIssueTooBig): string {
  if (origin === 'string') return `must have at most ${maximum} characters`;
  return origin === 'array'
    ? `must have at most ${maximum} entries`
    : `must be at most ${maximum}`;
}

/** Returns a path in the notation of the API server: `spec.environments[0].name`. @public */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
