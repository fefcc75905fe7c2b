const maxLength = 128;

/** Returns the prefix of the names of a tenant's functions. */
export function namespaceOf(tenant: string): string {
  return toName(tenant);
}

/** Gives unique names to the custom functions of an add-in, in the order in which they are asked for. */
export class FunctionNames {
  readonly #taken = new Set<string>();

  /**
   * Returns a name of letters, digits, underscores and periods
   * (https://learn.microsoft.com/office/dev/add-ins/excel/custom-functions-naming).
   */
  nameOf(parts: string[]): string {
    const base = parts
      .map(toName)
      .join('.')
      .slice(0, maxLength - 4);
    let name = base;
    for (let number = 2; this.#taken.has(name); number += 1)
      name = `${base}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

/** Identifiers are ASCII, and Excel shows names in upper case. */
function toName(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .toUpperCase();
}
