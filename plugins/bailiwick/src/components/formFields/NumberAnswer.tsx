import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { brokenOrder } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { InputAdornment } from '@material-ui/core';
import { useState } from 'react';
import { CheckedText } from './CheckedText';
import { useKeptAnswers } from './useKeptAnswers';

/** Value of the field: a number; its options name its unit, and the parameter that it must not be below. */
export const numberAnswerSchema = makeFieldSchema({
  output: z => z.number(),
  uiOptions: z =>
    z.object({
      unit: z.string().optional(),
      notBefore: z.object({ name: z.string(), title: z.string() }).optional(),
    }),
});

/** What is wrong with a number by its schema, or next to another answer; nothing with none. */
export function numberAnswerProblem(
  value: number | undefined,
  {
    answers,
    notBefore,
    schema,
  }: {
    answers: Record<string, unknown>;
    notBefore?: { name: string; title: string };
    schema: {
      type?: unknown;
      minimum?: number;
      maximum?: number;
      exclusiveMinimum?: number;
      exclusiveMaximum?: number;
    };
  },
): string | undefined {
  if (value === undefined) return undefined;
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
  return (
    notBefore &&
    brokenOrder(value, {
      title: notBefore.title,
      answer: answers[notBefore.name],
    })
  );
}

/** A number of an archetype's form with its unit, checked while one types. */
export function NumberAnswer({
  formContext,
  formData: value,
  idSchema,
  onChange,
  required,
  schema,
  title: ofItem,
  uiSchema,
}: typeof numberAnswerSchema.TProps) {
  useKeptAnswers(formContext);
  // An item of a list has the title of the list with its number.
  const title = schema.title ?? ofItem;
  const { notBefore, unit } = uiSchema?.['ui:options'] ?? {};
  // What was typed, as long as it is the number: "1." and "1.0" would not survive otherwise.
  const [typed, setTyped] = useState('');
  const isSame = typed !== '' && Number(typed) === value;
  const shown = value === undefined ? '' : String(value);
  const problem = numberAnswerProblem(value, {
    answers: formContext?.formData ?? {},
    schema,
    notBefore,
  });
  return (
    <CheckedText
      id={idSchema?.$id}
      label={title}
      explanation={schema.description}
      missing={`${title} is needed`}
      problem={problem && `${title} ${problem}`}
      required={required}
      type="number"
      endAdornment={
        unit && <InputAdornment position="end">{unit}</InputAdornment>
      }
      value={isSame ? typed : shown}
      onChange={text => {
        setTyped(text ?? '');
        onChange(text === undefined ? undefined : Number(text));
      }}
    />
  );
}
