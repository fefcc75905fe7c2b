import { z } from 'zod';
import { keyedList } from '../schema/rules';
import { instantSchema, text } from '../schema/scalars';

/** A condition as `metav1.Condition` (KEP-1623). */
export const conditionSchema = z.object({
  type: text(316, 'What the condition is about, CamelCase.'),
  status: z.enum(['True', 'False', 'Unknown']).describe('Whether it holds.'),
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('Generation of the spec that it speaks of.'),
  lastTransitionTime: instantSchema.describe(
    'When its status changed last (RFC 3339).',
  ),
  reason: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/)
    .describe('Machine-readable cause, CamelCase.'),
  message: text(32768, 'One sentence for people.'),
});

/** A condition as `metav1.Condition` (KEP-1623). */
export type Condition = z.output<typeof conditionSchema>;

/** The conditions of a status, one per type. */
export const conditionsSchema = keyedList(conditionSchema, 'type', 20)
  .optional()
  .describe('State in parts; Ready is derived from the others.');

/** What every status carries. */
export const statusBase = {
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('Generation of the spec that this status speaks of.'),
  conditions: conditionsSchema,
};

/** The condition of a type, `undefined` when it is not reported yet. */
export function findCondition(
  status: { conditions?: Condition[] } | undefined,
  type: string,
): Condition | undefined {
  return status?.conditions?.find(condition => condition.type === type);
}
