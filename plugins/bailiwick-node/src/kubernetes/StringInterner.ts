/** Maximum number of strings; a full interner starts over. */
const maxStrings = 50_000;
/** Maximum length of interned strings; longer ones rarely repeat. */
const maxLength = 200;
/** Fields whose values are unique to an object. */
const uniqueFields = new Set([
  ...['containerID', 'creationTimestamp', 'ip', 'lastTransitionTime', 'name'],
  ...['podIP', 'resourceVersion', 'startTime', 'startedAt', 'uid'],
]);

/** Interns strings that many Kubernetes objects share, because `JSON.parse` allocates each of them again. */
export class StringInterner {
  readonly #kept = new Map<string, string>();

  /** Replaces the strings of an object, deeply, with their interned copies. */
  internStrings(object: object): void {
    const fields = object as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') {
        if (!uniqueFields.has(name)) fields[name] = this.#intern(value);
      } else if (typeof value === 'object' && value !== null) {
        this.internStrings(value);
      }
    }
  }

  #intern(text: string): string {
    if (text.length > maxLength) return text;
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= maxStrings) this.#kept.clear();
    this.#kept.set(text, text);
    return text;
  }
}
