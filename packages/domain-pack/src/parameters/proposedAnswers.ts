type Schema = Record<string, any>;

/** The answers that a form proposes. */
export function proposedAnswers(parameters: Schema): Schema {
  return Object.fromEntries(
    Object.entries((parameters.properties ?? {}) as Schema)
      .filter(([, schema]) => schema?.default !== undefined)
      .map(([name, schema]) => [name, schema.default]),
  );
}
