import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { firstProblem } from './firstProblem';
import {
  NumberAnswer,
  numberAnswerProblem,
  numberAnswerSchema,
} from './NumberAnswer';

type Options = (typeof numberAnswerSchema.TProps.uiSchema)['ui:options'];

const validation: CustomFieldValidator<number, Options> = (
  value,
  field,
  { formData, schema, uiSchema },
) => {
  const problem = firstProblem(value, one =>
    numberAnswerProblem(one, {
      answers: formData,
      schema,
      notBefore: uiSchema?.['ui:options']?.notBefore,
    }),
  );
  if (problem) field.addError(problem);
};

/** Field `BailiwickNumberAnswer`: a number with its unit, which it refuses in words. */
export const numberAnswerField = {
  name: 'BailiwickNumberAnswer',
  component: NumberAnswer,
  schema: numberAnswerSchema,
  validation,
};
