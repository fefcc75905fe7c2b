const decimal = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/**
 * Returns the value of a text, such as an example or a cell of a CSV.
 *
 * @param type - JSON type of the value
 * @returns the text itself if it is not such a value, so that its schema rejects it
 */
export function textValue(text: string, type: unknown): unknown {
  if (type === 'boolean') return { true: true, false: false }[text] ?? text;
  const isNumber = type === 'number' || type === 'integer';
  return isNumber && decimal.test(text.trim()) ? Number(text) : text;
}
