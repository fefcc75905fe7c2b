type Files = Record<string, string>;

/** One thing wrong in a pack that is right otherwise, and what is said about it. */
export interface Mistake {
  name: string;
  change: (files: Files) => Files;
  file: string;
  line?: number;
  what: RegExp;
  remedy: RegExp;
}

/** Replaces text that is there once or first. */
export function replace(file: string, from: string | RegExp, to: string) {
  return (files: Files): Files => {
    const changed = files[file].replace(from, () => to);
    if (changed === files[file]) throw new Error(`${file} has no ${from}`);
    return { ...files, [file]: changed };
  };
}

/** Adds a file. */
export function add(file: string, content: string) {
  return (files: Files): Files => ({ ...files, [file]: content });
}

/** Takes a file away. */
export function remove(file: string) {
  return ({ [file]: _gone, ...files }: Files): Files => files;
}

/** Gives a file another path. */
export function rename(file: string, to: string) {
  return ({ [file]: content, ...files }: Files): Files => ({
    ...files,
    [to]: content,
  });
}
