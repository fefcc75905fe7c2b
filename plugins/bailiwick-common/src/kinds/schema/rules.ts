import { z } from 'zod';

/**
 * One validation rule, told twice: as CEL for the API server and as a predicate for forms.
 * Both show the same message, so a form refuses with the words the API server would use.
 */
export interface Rule<T> {
  /** CEL over `self`, see https://kubernetes.io/docs/reference/using-api/cel/. */
  cel: string;
  message: string;
  holds: (self: T) => boolean;
}

/**
 * Adds rules to a schema: zod checks them here, the generated CRD carries them as
 * `x-kubernetes-validations`.
 */
export function withRules<S extends z.ZodType>(
  schema: S,
  rules: ReadonlyArray<Rule<z.output<S>>>,
): S {
  let checked: S = schema;
  for (const { holds, message } of rules) {
    checked = checked.refine(
      holds as (self: unknown) => boolean,
      message,
    ) as unknown as S;
  }
  return checked.meta({
    ...schema.meta(),
    'x-kubernetes-validations': rules.map(({ cel, message }) => ({
      rule: cel,
      message,
    })),
  }) as S;
}

/**
 * A list that the API server merges by key, so that several writers can own its entries. No two
 * entries have the same key.
 */
export function keyedList<S extends z.ZodType>(
  item: S,
  key: string,
  maxItems: number,
) {
  const list = z
    .array(item)
    .max(maxItems)
    .superRefine((values, context) => {
      const known = new Set<string>();
      values.forEach((value, index) => {
        const text = JSON.stringify({ [key]: (value as any)?.[key] });
        if (known.has(text)) {
          const message = `Duplicate value: ${text}`;
          context.addIssue({ code: 'custom', message, path: [index] });
        }
        known.add(text);
      });
    });
  return list.meta({
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': [key],
  });
}

/** Any JSON object; the API server keeps its fields as they are. */
export function anyObject() {
  return z
    .record(z.string(), z.unknown())
    .meta({ 'x-kubernetes-preserve-unknown-fields': true });
}
