import type { App } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { CommandError } from '../CommandError';
import { environment, testName } from './testObjects';

/** Longest part of a wrong response in a message. */
const longest = 300;

/**
 * Calls the first function of an app that needs no parameters through the gateway.
 *
 * @returns the size of the result, in words
 * @throws Error for a response without a result
 */
export async function readFirstFunction(
  { status }: App,
  { gateway, token }: { gateway: string; token: string },
): Promise<string> {
  const functions = status?.environments?.[0]?.contract?.functions ?? [];
  const called = functions.find(
    ({ parameters, result }) =>
      result.kind !== 'stream' &&
      ((parameters.required ?? []) as string[]).length === 0,
  );
  if (!called)
    throw new CommandError(
      'The app has no function that can be called without parameters.',
      'Name another pack first in setup.packs, and upgrade the release.',
    );
  const response = await fetch(
    `${gateway}/v1/${testName}/${environment}/${testName}/${called.name}`,
    {
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${testName}:${token}`).toString(
          'base64',
        )}`,
      },
    },
  );
  const text = await response.text();
  if (!response.ok)
    throw new Error(`HTTP ${response.status}: ${text.slice(0, longest)}`);
  const { count, value } = JSON.parse(text);
  if (count > 0) return `${count} rows`;
  if (value !== undefined) return 'a value';
  throw new Error(`no rows: ${text.slice(0, longest)}`);
}
