/** Reads a whole number from the text of a field; `undefined` if it is none, or out of range. */
export function countOf(
  text: string,
  most: number,
  least = 1,
): number | undefined {
  const count = Number(text);
  const isCount = /^[0-9]{1,5}$/.test(text) && count >= least && count <= most;
  return isCount ? count : undefined;
}
