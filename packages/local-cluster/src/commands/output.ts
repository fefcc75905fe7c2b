import { explain } from '../ClusterError';

/** Prints one line for the person. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints one line beside the result, where a program reading the result does not see it. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints a failure with its remedy. */
export function sayError(error: unknown): void {
  const { message, remedy } = explain(error);
  note(`error: ${message}`);
  note(`  ${remedy}`);
}

/** Prints a value as JSON for programs. */
export function sayJson(value: unknown): void {
  say(JSON.stringify(value, null, 2));
}
