import { tools } from './tools';

/** Names by a part of the `User-Agent`, and whether several tools share them. */
const agents: [pattern: RegExp, name: string, isShared?: boolean][] = [
  [/Mashup|PowerQuery/i, 'Power Query', true],
  [/PowerBI/i, 'Power BI'],
  [/Tableau/i, 'Tableau'],
  [/Qlik/i, 'Qlik'],
  [/Google-Apps-Script/i, 'Google Sheets'],
  [/^curl\//, 'curl'],
  [/httr2/, 'R'],
  [/python/i, 'Python'],
  [/^Mozilla\//, 'A browser', true],
];

/**
 * Returns the name of what read with a token, for the beginning of a sentence.
 *
 * @param client - tool for which the token was created
 * @param agent - `User-Agent` of the request
 */
export function readerName(client: string, agent = ''): string {
  const [, name = agent.split(/[\s/(]/)[0], isShared = false] =
    agents.find(([pattern]) => pattern.test(agent)) ?? [];
  if (name && !isShared) return name;
  const [tool, ...others] = tools.filter(one => one.client === client);
  return tool && others.length === 0 ? tool.title : name || 'A program';
}
