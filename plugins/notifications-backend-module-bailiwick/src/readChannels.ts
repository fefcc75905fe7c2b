import type { Config } from '@backstage/config';
import { z } from 'zod';

const emailKey = 'notifications.processors.email';
const slackKey = 'notifications.processors.slack';

/** A setting that must be there; an unset environment variable leaves it out. */
const required = (example: string) =>
  z
    .string({ error: `is missing; set it, for example to ${example}` })
    .min(1, `is empty; set it, for example to ${example}`);

const portSchema = z.coerce
  .number({ error: 'must be the port of the mail server, such as 587' })
  .int()
  .min(1)
  .max(65_535);

const smtpSchema = z
  .object({
    transport: z.literal('smtp'),
    hostname: required('smtp.example.com'),
    port: portSchema,
    secure: z.boolean().default(false),
    requireTls: z.boolean().default(false),
    username: z.string().optional(),
    password: z.string().optional(),
  })
  .refine(({ password, username }) => !username || password, {
    path: ['password'],
    error:
      'is missing; set it beside username, or remove username if the server needs no sign-in',
  })
  .refine(({ password, username }) => username || !password, {
    path: ['username'],
    error: 'is missing; set it beside password',
  });

/** Address and login of an SMTP server (RFC 5321). */
export type MailServer = z.output<typeof smtpSchema>;

/** The other transports of Backstage's module, which checks their settings itself. */
const otherSchema = z.object({
  transport: z.enum(['ses', 'sendmail', 'azure', 'stream']),
});

/** Lists the available transports; keeps the messages about their settings. */
const transportError = ({ code, input }: { code?: string; input?: unknown }) =>
  code === 'invalid_type'
    ? `${
        input === undefined ? 'is missing' : 'is not an object'
      }; set transport: smtp with hostname and port`
    : 'must be smtp, ses, sendmail or azure';

const emailSchema = z.object({
  sender: required('Bailiwick <bailiwick@example.com>').regex(
    /^[^<>@]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/,
    'must be an e-mail address, such as Bailiwick <bailiwick@example.com>',
  ),
  transportConfig: z.discriminatedUnion(
    'transport',
    [smtpSchema, otherSchema],
    { error: transportError },
  ),
});

const slackSchema = z.array(
  z.object({ token: required('xoxb-…, the bot token of your Slack app') }),
  { error: 'must be a list; begin with "- token: ${SLACK_BOT_TOKEN}"' },
);

/** The channels that the configuration turns on. */
export interface Channels {
  email: boolean;
  slack: boolean;
  /** The mail server, if e-mails go over SMTP. */
  server?: MailServer;
}

/**
 * Reads which channels besides the portal receive notifications.
 *
 * @throws Error that lists each faulty setting with its remedy
 */
export function readChannels(config: Config): Channels {
  const email = read(config, emailKey, emailSchema);
  const slack = read(config, slackKey, slackSchema);
  const problems = [...email.problems, ...slack.problems];
  if (problems.length > 0)
    throw new Error(
      `Invalid configuration of notifications:\n${problems.join(
        '\n',
      )}\nCorrect app-config, or remove the channel to send notifications in the portal only.`,
    );
  const transport = email.value?.transportConfig;
  return {
    email: email.value !== undefined,
    slack: (slack.value ?? []).length > 0,
    ...(transport?.transport === 'smtp' && { server: transport }),
  };
}

function read<T>(
  config: Config,
  key: string,
  schema: z.ZodType<T>,
): { value?: T; problems: string[] } {
  if (!config.has(key)) return { problems: [] };
  const { data, error } = schema.safeParse(config.get(key));
  const problems = (error?.issues ?? []).map(
    ({ message, path }) => `- ${[key, ...path].join('.')} ${message}`,
  );
  return { value: data, problems };
}
