/** Returns the answers that a form proposes. @public */
export function proposedAnswers(
  parameters: Record<string, any>,
): Record<string, any> {
  return Object.fromEntries(
    Object.entries((parameters.properties ?? {}) as Record<string, any>)
      .filter(([, schema]) => schema?.default !== undefined)
      .map(([name, schema]) => [name, schema.default]),
  );
}
