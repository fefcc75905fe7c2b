type Schema = Record<string, any>;

/** Messages for answers that break a keyword of JSON Schema; they begin with the title of the parameter. */
const words: Record<string, (limit: number) => string> = {
  pattern: () => 'has an invalid format',
  minItems: least => `needs at least ${least === 1 ? 'one choice' : least}`,
  maxItems: most => `must have at most ${most}`,
  minLength: least =>
    least === 1
      ? 'must not be empty'
      : `must have at least ${least} characters`,
  maxLength: most => `must have at most ${most} characters`,
  minimum: least => `must be at least ${least}`,
  maximum: most => `must be at most ${most}`,
};

/**
 * Returns messages for people by keyword, as the form's validator expects them under `errorMessage`. Messages in the
 * schema take precedence.
 *
 * @param example - a valid value for the message about the pattern
 */
export function errorMessages(schema: Schema, example?: string): Schema {
  const said = Object.entries(words)
    .filter(([keyword]) => schema[keyword] !== undefined)
    .map(([keyword, say]) => [
      keyword,
      keyword === 'pattern' && example
        ? `must have a format such as ${example}`
        : say(schema[keyword]),
    ]);
  return said.length > 0
    ? { errorMessage: { ...Object.fromEntries(said), ...schema.errorMessage } }
    : {};
}
