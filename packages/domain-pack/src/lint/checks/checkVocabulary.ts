import type { Problem } from '../../Problem';
import type { SourceOfPack } from '../../source/readSource';
import { compileSchema, mismatches } from '../jsonSchema';
import { problemAt } from '../Known';

/** Types that columns and parameters can have. */
const types = ['string', 'number', 'integer', 'boolean'];
/** Names that `vocabulary.py` and Python use already. */
const taken = ['Annotated', 'Vocabulary', 'None', 'True', 'False'];

/** Words whose schema is none, or says otherwise than their examples. */
export function checkVocabulary({ document, source }: SourceOfPack): Problem[] {
  return (source?.spec.vocabulary ?? []).flatMap((word, position) => {
    const place = ['spec', 'vocabulary', position];
    const { examples = [], name, schema } = word;
    if (taken.includes(name))
      return [
        problemAt(
          document,
          [...place, 'name'],
          `"${name}" is a name that Python or the runtime uses`,
          'Choose another name',
        ),
      ];
    if (!types.includes(String(schema.type)))
      return [
        problemAt(
          document,
          [...place, 'schema'],
          `The type of ${name} is not one that a column can have`,
          `Write type: ${types.join(', ')}`,
        ),
      ];
    const checked = compileSchema(schema);
    if ('fault' in checked)
      return [
        problemAt(
          document,
          [...place, 'schema'],
          `The schema of ${name} is no JSON Schema: ${checked.fault}`,
          'Correct it; https://json-schema.org tells the keywords',
        ),
      ];
    return examples.flatMap((example, at) => {
      const [mismatch] = mismatches(
        checked.validate,
        valueOf(example, schema.type),
      );
      return mismatch
        ? problemAt(
            document,
            [...place, 'examples', at],
            `The example ${JSON.stringify(
              example,
            )} of ${name} breaks its schema: it ${mismatch}`,
            'Correct the example or the schema',
          )
        : [];
    });
  });
}

/** The value that an example, which is written as text, stands for. */
function valueOf(example: string, type: unknown): unknown {
  if (type === 'boolean')
    return example === 'true' || (example !== 'false' && example);
  const isNumber = type === 'number' || type === 'integer';
  return isNumber && example.trim() !== '' && !Number.isNaN(Number(example))
    ? Number(example)
    : example;
}
