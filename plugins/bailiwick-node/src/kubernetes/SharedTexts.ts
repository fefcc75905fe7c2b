/** Texts that are kept at most; then one begins anew. */
const most = 50_000;
/** Characters; longer texts are rarely the same. */
const longest = 200;
/** Fields whose texts are those of one object, so that looking for them is in vain. */
const own = new Set([
  ...['containerID', 'creationTimestamp', 'ip', 'lastTransitionTime', 'name'],
  ...['podIP', 'resourceVersion', 'startTime', 'startedAt', 'uid'],
]);

/** Keeps texts once that many Kubernetes objects have: `JSON.parse` makes each of them anew. */
export class SharedTexts {
  readonly #kept = new Map<string, string>();

  /** Puts those that were kept already in place of the texts of an object. */
  replaceIn(object: object): void {
    const fields = object as Record<string, unknown>;
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') {
        if (!own.has(name)) fields[name] = this.#share(value);
      } else if (typeof value === 'object' && value !== null) {
        this.replaceIn(value);
      }
    }
  }

  #share(text: string): string {
    if (text.length > longest) return text;
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= most) this.#kept.clear();
    this.#kept.set(text, text);
    return text;
  }
}
