import type {
  App,
  DomainPack,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { evaluateRule } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import { CommandError } from '../CommandError';
import type { Replacement } from './replacementOf';

/** Apps that are named; of more than these there are only more. */
const most = 5;

/**
 * Evaluates the policies of a pack on the existing apps. Apps that break a policy can still be changed; if a policy
 * cannot be evaluated for an app, each change must fulfil it.
 */
export function triedOnApps(
  { metadata, spec }: DomainPack,
  apps: readonly App[],
): Replacement {
  const own = apps.filter(app => app.spec.archetype.pack === metadata.name);
  let words = '';
  for (const { message, rule } of spec.policies ?? []) {
    const broken: App[] = [];
    for (const app of own) {
      try {
        if (!evaluateRule(rule, { app: app.spec })) broken.push(app);
      } catch (error) {
        return {
          words,
          refusal: new CommandError(
            `The policy "${message}" cannot be evaluated for the app ${nameOf(
              app,
            )}: ${
              (error as Error).message
            }. The app could no longer be updated.`,
            'Correct the rule in pack.yaml; use has(app.description) to test whether a field exists.',
          ),
        };
      }
    }
    if (broken.length > 0)
      words += `These apps violate the policy "${message}": ${broken
        .slice(0, most)
        .map(nameOf)
        .join(', ')}${
        broken.length > most ? ` and ${broken.length - most} more` : ''
      }. They keep running; the policy applies to new apps.\n`;
  }
  return { words };
}

function nameOf({ metadata }: App): string {
  return `${metadata.namespace}/${metadata.name}`;
}
