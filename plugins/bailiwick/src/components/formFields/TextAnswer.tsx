import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { validateAnswer } from './answerProblem';
import { AnswerInput } from './AnswerInput';
import { useAnswer } from './useAnswer';

/** Value of the field: the text; its options name the parameter that it must not be before. */
export const textAnswerSchema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      notBefore: z.object({ name: z.string(), title: z.string() }).optional(),
    }),
});

/** A text parameter of an archetype, checked while one types. */
export function TextAnswer(props: typeof textAnswerSchema.TProps) {
  const { formData: text, onChange, schema } = props;
  return (
    <AnswerInput
      {...useAnswer(props)}
      type={schema.format === 'date' ? 'date' : undefined}
      value={text}
      onChange={onChange}
    />
  );
}

/** Field `BailiwickTextAnswer`: refuses a text in words, also next to other answers. */
export const textAnswerField = {
  name: 'BailiwickTextAnswer',
  component: TextAnswer,
  schema: textAnswerSchema,
  validation: validateAnswer,
};
