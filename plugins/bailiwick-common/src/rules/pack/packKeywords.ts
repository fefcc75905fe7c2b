import { checksumNames, checksumProblem } from './checksums';
import { formatNames, formatProblem, textRule } from './formats';

/** Parts of Ajv that {@link addPackKeywords} uses. @public */
export interface SchemaCompiler {
  addKeyword(definition: {
    keyword: string;
    type: 'string';
    metaSchema: object;
    validate: ValidateText;
  }): unknown;
  addFormat(
    name: string,
    format: { type: 'string'; validate: (text: string) => boolean },
  ): unknown;
}

/** Checks a text by the value of a keyword, and leaves the errors of the last check behind. @public */
export interface ValidateText {
  (name: string, text: string): boolean;
  errors?: object[];
}

/**
 * Adds the extensions of packs to an Ajv: the keyword `checksum`, the formats of {@link formatNames}, and `date-time`
 * with an offset.
 *
 * @public
 */
export function addPackKeywords(ajv: SchemaCompiler): void {
  const validate: ValidateText = (name, text) => {
    const message = checksumProblem(name, text);
    validate.errors = message
      ? [{ keyword: 'checksum', message, params: { checksum: name } }]
      : [];
    return message === undefined;
  };
  ajv.addKeyword({
    keyword: 'checksum',
    type: 'string',
    metaSchema: { enum: checksumNames },
    validate,
  });
  for (const name of [...formatNames, 'date-time'])
    ajv.addFormat(name, {
      type: 'string',
      validate: text => formatProblem(name, text) === undefined,
    });
}

/** Returns the words of an Ajv error; those of a format have an example. @public */
export function schemaErrorWords({
  keyword,
  message,
  params,
}: {
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}): string | undefined {
  if (keyword === 'format' && params.format === 'date')
    return 'must be a date such as 2026-02-02';
  const rule = keyword === 'format' ? textRule(params.format) : undefined;
  return rule ? `must be ${rule.words}` : message;
}
