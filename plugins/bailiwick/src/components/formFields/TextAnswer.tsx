import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { brokenOrder } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { CheckedText } from './CheckedText';
import { useKeptAnswers } from './useKeptAnswers';

/** Value of the field: the text; its options name the parameter that it must not be before. */
export const textAnswerSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      notBefore: z.object({ name: z.string(), title: z.string() }).optional(),
    }),
});

/**
 * What is wrong with a text by its length or its pattern, in the schema's own words, or next to another answer;
 * nothing is wrong with an empty one.
 */
export function textAnswerProblem(
  text: string | undefined,
  {
    answers,
    schema,
    notBefore,
  }: {
    answers: Record<string, unknown>;
    schema: {
      pattern?: string;
      maxLength?: number;
      errorMessage?: { pattern?: string };
    };
    notBefore?: { name: string; title: string };
  },
): string | undefined {
  if (!text) return undefined;
  if (schema.maxLength !== undefined && text.length > schema.maxLength) {
    return `may have at most ${schema.maxLength} characters, this has ${text.length}`;
  }
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(text)) {
    return schema.errorMessage?.pattern ?? 'is not written as expected';
  }
  return (
    notBefore &&
    brokenOrder(text, {
      title: notBefore.title,
      answer: answers[notBefore.name],
    })
  );
}

/** A text parameter of an archetype, checked while one types. */
export function TextAnswer({
  formContext,
  formData: text,
  idSchema,
  onChange,
  required,
  schema,
  title: ofItem,
  uiSchema,
}: typeof textAnswerSchema.TProps) {
  useKeptAnswers(formContext);
  // An item of a list has the title of the list with its number.
  const title = schema.title ?? ofItem;
  const problem = textAnswerProblem(text, {
    answers: formContext?.formData ?? {},
    schema,
    notBefore: uiSchema?.['ui:options']?.notBefore,
  });
  return (
    <CheckedText
      id={idSchema?.$id}
      label={title}
      explanation={schema.description}
      missing={`${title} is needed`}
      onChange={onChange}
      problem={problem && `${title} ${problem}`}
      required={required}
      type={schema.format === 'date' ? 'date' : undefined}
      value={text}
    />
  );
}
