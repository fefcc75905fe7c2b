import type { Logger } from '@bailiwick/backstage-kube-controller';

type Write = (line: string) => void;

/** A log of one JSON object per line: `time`, `level`, `message` and the fields. */
export function createLog(
  write: Write = line => process.stderr.write(line),
): Logger {
  const at =
    (level: string) =>
    (message: string, fields: Record<string, unknown> = {}) =>
      write(
        `${JSON.stringify({
          time: new Date().toISOString(),
          level,
          message,
          ...fields,
        })}\n`,
      );
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
