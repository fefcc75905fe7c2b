import type { numberAnswerSchema } from './NumberAnswer';
import type { textAnswerSchema } from './TextAnswer';
import { answerProblem } from './answerProblem';
import { useKeptAnswers } from './useKeptAnswers';

/** Returns the label, help text and error of a parameter's field, for all types. */
export function useAnswer({
  formContext,
  formData: answer,
  idSchema,
  required,
  schema,
  title: ofItem,
  uiSchema,
}: typeof numberAnswerSchema.TProps | typeof textAnswerSchema.TProps) {
  useKeptAnswers(formContext);
  // An item of a list has the title of the list with its number.
  const title = schema.title ?? ofItem;
  const problem = answerProblem(answer, {
    answers: formContext?.formData ?? {},
    schema,
    notBefore: uiSchema?.['ui:options']?.notBefore,
  });
  return {
    id: idSchema?.$id,
    label: title,
    explanation: schema.description,
    missing: `${title} is required`,
    problem: problem && `${title} ${problem}`,
    required,
  };
}
