const decimal = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/**
 * Returns the value that a text stands for, such as an example or a cell of a CSV.
 *
 * @param type - JSON type of the value
 * @returns the text itself when it is no such value, so that its schema refuses it
 */
export function textValue(text: string, type: unknown): unknown {
  if (type === 'boolean') return { true: true, false: false }[text] ?? text;
  const isNumber = type === 'number' || type === 'integer';
  return isNumber && decimal.test(text.trim()) ? Number(text) : text;
}
