import { lexer } from 'marked';

/** A change of a file: lines to replace, or lines to add at the end if there are none to replace. */
export interface Edit {
  file: string;
  before: string[];
  after: string[];
}

/** A section of the guide that changes a portal. */
export interface InstallationStep {
  title: string;
  edits: Edit[];
  /** Shell scripts, to run after the edits. */
  scripts: string[];
}

const fileName = /`([\w./-]+\.(?:tsx?|ya?ml))`/;

/**
 * Reads the steps of an installation guide. A step is a section whose heading begins with a number. Its `sh` blocks are
 * commands. Its `diff` blocks replace lines of a file, and its `yaml` blocks are added to the end of a file. The file is
 * the first one that the nearest paragraph above names.
 *
 * @param further - title of another section with a step
 */
export function readInstallation(
  markdown: string,
  further?: string,
): InstallationStep[] {
  const steps: InstallationStep[] = [];
  let file: string | undefined;
  let step: InstallationStep | undefined;
  for (const token of lexer(markdown)) {
    if (token.type === 'heading') {
      step = undefined;
      if (/^\d+\. /.test(token.text) || token.text === further) {
        step = { title: token.text, edits: [], scripts: [] };
        steps.push(step);
      }
    }
    if (token.type === 'paragraph')
      file = fileName.exec(token.text)?.[1] ?? file;
    if (token.type !== 'code' || !step) continue;
    if (token.lang === 'sh') step.scripts.push(token.text);
    else if (file)
      step.edits.push({ file, ...readChange(token.text, token.lang) });
  }
  return steps;
}

function readChange(text: string, language: string | undefined) {
  const lines = text.split('\n');
  if (language !== 'diff') return { before: [], after: lines };
  const without = (mark: string) =>
    lines.filter(line => !line.startsWith(mark)).map(line => line.slice(1));
  return { before: without('+'), after: without('-') };
}

/**
 * Returns a text after an edit.
 *
 * @throws Error if the text does not contain the lines to replace exactly once
 */
export function applyEdit(text: string, { after, before, file }: Edit): string {
  if (before.length === 0) return `${text.trimEnd()}\n\n${after.join('\n')}\n`;
  const old = `${before.join('\n')}\n`;
  const parts = text.split(old);
  if (parts.length !== 2)
    throw new Error(
      `${file} contains these lines ${
        parts.length - 1
      } times, not once:\n${old}`,
    );
  return parts.join(`${after.join('\n')}\n`);
}

/**
 * Returns the number of changed lines, including added and removed ones, without the lock file.
 *
 * @param numstat - output of `git diff --numstat`
 */
export function countChangedLines(numstat: string): number {
  return numstat
    .split('\n')
    .map(line => line.split('\t'))
    .filter(([, , path]) => path && path !== 'yarn.lock')
    .reduce(
      (sum, [added, removed]) => sum + Number(added) + Number(removed),
      0,
    );
}
