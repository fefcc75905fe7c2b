import {
  makeFieldSchema,
  type CustomFieldValidator,
} from '@backstage/plugin-scaffolder-react';
import {
  brokenChoice,
  choiceLabel,
  offeredChoices,
  type AnswerChoices,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { AnswerInput } from './AnswerInput';
import { useKeptAnswers } from './useKeptAnswers';

/**
 * Value of the field: one choice, or several of a list; its options contain the compatible choices per other answer.
 */
export const choiceAnswerSchema = makeFieldSchema({
  output: z => z.union([z.string(), z.array(z.string())]),
  uiOptions: z =>
    z.object({
      narrowed: z.object({
        parameter: z.string(),
        title: z.string(),
        values: z.record(z.array(z.string())),
      }),
    }),
});

/** Clears the answer to an optional parameter. */
const none = { value: '', label: 'None', isDisabled: false };

type Props = typeof choiceAnswerSchema.TProps;
type Options = NonNullable<NonNullable<Props['uiSchema']>['ui:options']>;

/** A choice that depends on the answer to another parameter; an incompatible answer is rejected. */
export function ChoiceAnswer({
  formContext,
  formData: answer,
  idSchema,
  onChange,
  rawErrors = [],
  required,
  schema,
  uiSchema,
}: Props) {
  useKeptAnswers(formContext);
  const { title = '' } = schema;
  const narrowed = uiSchema?.['ui:options']?.narrowed;
  const choices = choicesOf(schema, narrowed);
  const answers = formContext?.formData ?? {};
  const offered = offeredChoices(choices, answers);
  const isList = schema.type === 'array';
  const chosen = [answer ?? []].flat();
  const broken = brokenChoice(answer, choices, {
    answers,
    title: narrowed?.title,
  });
  const missing = `${title} is required`;
  // Errors of the form are those of the last try to go on.
  const isMissing = chosen.length === 0 && rawErrors.length > 0;
  const explanation =
    narrowed && offered.length === 0
      ? `Choose ${narrowed.title} first`
      : schema.description;
  return (
    <AnswerInput
      id={idSchema?.$id}
      label={title}
      explanation={explanation}
      missing={missing}
      problem={broken ? `${title} ${broken}` : isMissing && missing}
      required={required}
      choices={[
        ...(isList || required ? [] : [none]),
        // An answer that no longer fits the other one stays visible until it is replaced, or removed from a list.
        ...[
          ...chosen.filter(value => !offered.includes(value)),
          ...offered,
        ].map(value => ({
          value,
          label: choiceLabel(choices, value),
          isDisabled: !isList && !offered.includes(value),
        })),
      ]}
      value={isList ? chosen : chosen[0]}
      onChange={onChange}
    />
  );
}

function choicesOf(
  schema: Props['schema'],
  narrowed: Options['narrowed'] | undefined,
): AnswerChoices {
  const { enum: values = [], enumNames } = (
    schema.type === 'array' ? schema.items : schema
  ) as { enum?: string[]; enumNames?: string[] };
  return {
    values,
    labels: Object.fromEntries(
      values.flatMap((value, at) =>
        enumNames && enumNames[at] !== value ? [[value, enumNames[at]]] : [],
      ),
    ),
    narrowed,
  };
}

const validateChoice: CustomFieldValidator<any, Options> = (
  answer,
  field,
  { formData, schema, uiSchema },
) => {
  const narrowed = uiSchema?.['ui:options']?.narrowed;
  const problem = brokenChoice(answer, choicesOf(schema, narrowed), {
    answers: formData as Record<string, unknown>,
    title: narrowed?.title,
  });
  if (problem) field.addError(problem);
};

/** Field `BailiwickChoiceAnswer`: choices that go with the answer to another parameter. */
export const choiceAnswerField = {
  name: 'BailiwickChoiceAnswer',
  component: ChoiceAnswer,
  schema: choiceAnswerSchema,
  validation: validateChoice,
};
