import { z, type ZodObject } from 'zod';
import { z as z3, type AnyZodObject, type ZodTypeAny } from 'zod/v3';

/** The parts of JSON Schema that Bailiwick's definitions use. */
interface Shape {
  type?: string;
  description?: string;
  enum?: string[];
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: unknown;
}

/**
 * Returns the shape of a definition for Backstage's actions, which require zod 3: fields, types, choices and
 * descriptions. Lengths, patterns and rules are omitted, so that all callers get the same error messages from the
 * final validation.
 *
 * @public
 */
export function actionShape(schema: ZodObject): AnyZodObject {
  return fromShape(
    z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape,
  ) as AnyZodObject;
}

function fromShape(shape: Shape): ZodTypeAny {
  const made = typeOf(shape);
  return shape.description ? made.describe(shape.description) : made;
}

function typeOf(shape: Shape): ZodTypeAny {
  const [choice, ...choices] = shape.enum ?? [];
  if (choice !== undefined) return z3.enum([choice, ...choices]);
  switch (shape.type) {
    case 'string':
      return z3.string();
    case 'integer':
      return z3.number().int();
    case 'number':
      return z3.number();
    case 'boolean':
      return z3.boolean();
    case 'array':
      return z3.array(fromShape(shape.items ?? {}));
    case 'object':
      return objectOf(shape);
    default:
      return z3.unknown();
  }
}

function objectOf({
  additionalProperties,
  properties = {},
  required = [],
}: Shape): AnyZodObject {
  const fields = Object.entries(properties).map(([name, shape]) => {
    const field = fromShape(shape);
    return [name, required.includes(name) ? field : field.optional()] as const;
  });
  const object = z3.object(Object.fromEntries(fields));
  return additionalProperties === false
    ? object.strict()
    : object.passthrough();
}
