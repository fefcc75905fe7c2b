import { z } from 'zod';
import { keyedList } from '../schema/rules';
import { instantSchema, text } from '../schema/scalars';

/** A condition as `metav1.Condition` (KEP-1623). */
export const conditionSchema = z.object({
  type: text(316, 'Type of the condition, CamelCase.'),
  status: z
    .enum(['True', 'False', 'Unknown'])
    .describe('True, False or Unknown.'),
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('Generation of the spec that was observed.'),
  lastTransitionTime: instantSchema.describe(
    'Time of the last status change (RFC 3339).',
  ),
  reason: z
    .string()
    .min(1)
    .max(1024)
    .regex(/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/)
    .describe('Machine-readable cause, CamelCase.'),
  message: text(32768, 'Human-readable message.'),
});

/** A condition as `metav1.Condition` (KEP-1623). @public */
export type Condition = z.output<typeof conditionSchema>;

/** The conditions of a status, one per type. */
export const conditionsSchema = keyedList(conditionSchema, 'type', 20)
  .optional()
  .describe('Conditions; Ready is derived from the others.');

/** Common fields of every status. */
export const statusBase = {
  observedGeneration: z
    .int()
    .min(0)
    .optional()
    .describe('Generation of the spec that was observed.'),
  conditions: conditionsSchema,
};

/** Returns the condition of a type; `undefined` if it is not reported yet. @public */
export function findCondition(
  status: { conditions?: Condition[] } | undefined,
  type: string,
): Condition | undefined {
  return status?.conditions?.find(condition => condition.type === type);
}
