import type { GrantClient } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { tools } from './tools';

/** Names of tools by a part of their `User-Agent`. */
const agents: [RegExp, string][] = [
  [/Mashup|PowerQuery/i, 'Power Query'],
  [/PowerBI/i, 'Power BI'],
  [/Tableau/i, 'Tableau'],
  [/Qlik/i, 'Qlik'],
  [/Google-Apps-Script/i, 'Google Sheets'],
  [/^curl\//, 'curl'],
  [/httr2/, 'R'],
  [/python/i, 'Python'],
  [/^Mozilla\//, 'A browser'],
];

/** Names of what is part of several tools. */
const parts = ['Power Query', 'A browser'];

/**
 * Returns the name of what read with a token, for the beginning of a sentence.
 *
 * @param client - tool for which the token was created
 * @param agent - `User-Agent` of the request
 */
export function readerName(client: GrantClient, agent = ''): string {
  const [, name = agent.split(/[\s/(]/)[0]] =
    agents.find(([pattern]) => pattern.test(agent)) ?? [];
  if (name && !parts.includes(name)) return name;
  const [tool, ...others] = tools.filter(one => one.client === client);
  return tool && others.length === 0 ? tool.title : name || 'A program';
}
