import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import {
  brokenOrder,
  checksumProblem,
  formatProblem,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';

/** Parts of a parameter's JSON Schema that are checked during typing. */
interface AnswerSchema {
  type?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  pattern?: string;
  maxLength?: number;
  checksum?: string;
  /** Format that packs add to JSON Schema. */
  textFormat?: string;
  errorMessage?: { pattern?: string };
}

/** Properties of a parameter beside its schema. */
export interface AnswerOptions {
  /** The parameter that it must not be before, or below. */
  notBefore?: { name: string; title: string };
}

function numberProblem(value: number, schema: AnswerSchema) {
  const { exclusiveMaximum, exclusiveMinimum, maximum, minimum } = schema;
  if (schema.type === 'integer' && !Number.isInteger(value))
    return 'must be a whole number';
  if (minimum !== undefined && value < minimum)
    return `must be at least ${minimum}`;
  if (maximum !== undefined && value > maximum)
    return `must be at most ${maximum}`;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum)
    return `must be more than ${exclusiveMinimum}`;
  if (exclusiveMaximum !== undefined && value >= exclusiveMaximum)
    return `must be less than ${exclusiveMaximum}`;
  return undefined;
}

function textProblem(text: string, schema: AnswerSchema) {
  const { checksum, errorMessage, maxLength, pattern, textFormat } = schema;
  if (maxLength !== undefined && text.length > maxLength)
    return `can have at most ${maxLength} characters; it has ${text.length}`;
  if (pattern && !new RegExp(pattern, 'u').test(text))
    return errorMessage?.pattern ?? 'has an invalid format';
  return (
    (checksum && checksumProblem(checksum, text)) ||
    (textFormat && formatProblem(textFormat, text)) ||
    undefined
  );
}

/**
 * Returns the problem of an answer by its schema, with the schema's own message for patterns, or in combination with
 * another answer; an empty answer has none.
 */
export function answerProblem(
  answer: string | number | undefined,
  {
    answers,
    notBefore,
    schema,
  }: AnswerOptions & {
    answers: Record<string, unknown>;
    schema: AnswerSchema;
  },
): string | undefined {
  if (answer === undefined || answer === '') return undefined;
  const problem =
    typeof answer === 'number'
      ? numberProblem(answer, schema)
      : textProblem(answer, schema);
  if (problem || !notBefore) return problem;
  const { name, title } = notBefore;
  return brokenOrder(answer, { title, answer: answers[name] });
}

/**
 * Refuses an answer, or a list for the first of its items that something is wrong with: the scaffolder
 * checks the field of a list's items once, with the whole list.
 */
export const validateAnswer: CustomFieldValidator<any, AnswerOptions> = (
  answer,
  field,
  { formData, schema, uiSchema },
) => {
  const problem = [answer]
    .flat()
    .map(one =>
      answerProblem(one, {
        answers: formData,
        schema,
        notBefore: uiSchema?.['ui:options']?.notBefore,
      }),
    )
    .find(Boolean);
  if (problem) field.addError(problem);
};
