import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { InputAdornment } from '@material-ui/core';
import { useState } from 'react';
import { validateAnswer } from './answerProblem';
import { AnswerInput } from './AnswerInput';
import { useAnswer } from './useAnswer';

/** Value of the field: a number; its options name its unit, and the parameter that it must not be below. */
export const numberAnswerSchema = makeFieldSchema({
  output: z => z.number(),
  uiOptions: z =>
    z.object({
      unit: z.string().optional(),
      notBefore: z.object({ name: z.string(), title: z.string() }).optional(),
    }),
});

/** A number of an archetype's form with its unit, checked while one types. */
export function NumberAnswer(props: typeof numberAnswerSchema.TProps) {
  const { formData: value, onChange, uiSchema } = props;
  const unit = uiSchema?.['ui:options']?.unit;
  // What was typed, as long as it is the number: "1." and "1.0" would not survive otherwise.
  const [typed, setTyped] = useState('');
  const isSame = typed !== '' && Number(typed) === value;
  const shown = value === undefined ? '' : String(value);
  return (
    <AnswerInput
      {...useAnswer(props)}
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

/** Field `BailiwickNumberAnswer`: a number with its unit, which it refuses in words. */
export const numberAnswerField = {
  name: 'BailiwickNumberAnswer',
  component: NumberAnswer,
  schema: numberAnswerSchema,
  validation: validateAnswer,
};
