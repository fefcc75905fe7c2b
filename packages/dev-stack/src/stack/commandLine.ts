import type { StackFlags } from '@bailiwick/backstage-cli';

const scripts = {
  start: 'npm start',
  stop: 'npm stop',
};

/** Returns the command line that starts or stops the Bailiwick of the given flags. */
export function commandLine(
  command: keyof typeof scripts,
  { 'data-dir': dataDir }: StackFlags,
): string {
  const script = scripts[command];
  return dataDir ? `${script} -- --data-dir ${dataDir}` : script;
}
