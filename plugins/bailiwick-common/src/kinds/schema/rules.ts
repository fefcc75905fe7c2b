import { z } from 'zod';

/**
 * A validation rule in two forms: CEL for the API server and a predicate for forms. Both have the same message.
 *
 * @public
 */
export interface Rule<T> {
  /** CEL over `self`, see https://kubernetes.io/docs/reference/using-api/cel/. */
  cel: string;
  message: string;
  holds: (self: T) => boolean;
}

/** Adds rules to a schema: zod checks them, and the generated CRD contains them as `x-kubernetes-validations`. */
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

/** A list that the API server merges by key, so that several writers can own its entries. Keys are unique. */
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

/** Any JSON object; the API server preserves its fields. */
export function anyObject() {
  return z
    .record(z.string(), z.unknown())
    .meta({ 'x-kubernetes-preserve-unknown-fields': true });
}
