import type { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { firstProblem } from './firstProblem';
import { TextAnswer, textAnswerProblem, textAnswerSchema } from './TextAnswer';

type Options = (typeof textAnswerSchema.TProps.uiSchema)['ui:options'];

const validation: CustomFieldValidator<string, Options> = (
  text,
  field,
  { formData, schema, uiSchema },
) => {
  const problem = firstProblem(text, one =>
    textAnswerProblem(one, {
      answers: formData,
      schema,
      notBefore: uiSchema?.['ui:options']?.notBefore,
    }),
  );
  if (problem) field.addError(problem);
};

/** Field `BailiwickTextAnswer`: refuses a text in words, also next to other answers. */
export const textAnswerField = {
  name: 'BailiwickTextAnswer',
  component: TextAnswer,
  schema: textAnswerSchema,
  validation,
};
