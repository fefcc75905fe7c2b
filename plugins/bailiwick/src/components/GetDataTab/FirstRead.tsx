import type { GrantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { GrantClient } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCount,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useState } from 'react';
import useInterval from 'react-use/esm/useInterval';
import useTimeoutFn from 'react-use/esm/useTimeoutFn';
import { readerName } from './readerName';
import type { Tokens } from './useTokens';

type Status = NonNullable<GrantView['status']>;
type Failure = NonNullable<Status['lastFailure']>;

/** Milliseconds between two requests for the last read, and until a hint is shown. */
const [pollMs, hintMs] = [3_000, 30_000];

/** What to do about a failure, by its kind. */
const advice: Record<string, string> = {
  'bad-odata-request':
    'The address is not valid OData; an option may be misspelled. Copy the address again.',
  'invalid-parameter':
    'A parameter is unknown or has a wrong value. Check the values in the form below, and copy the address again.',
  'not-acceptable':
    'The function is not available in the requested format. Use the address or file below.',
  'not-allowed':
    'The token is for another app, environment, function or network, or was sent in the address without permission. Copy the address again, or create a token with other options.',
  'not-found':
    'The app, environment or function in the address does not exist. Copy the address again.',
  'not-implemented':
    'The tool uses a part of OData that is not supported. Try the file or another tool.',
  'not-logged-in':
    'The user name is wrong, or the token has expired. Leave the user name empty or enter your own; if that fails, create another token.',
  'app-not-running': 'The app is not running. See the Deploy tab.',
  'app-too-slow':
    'The function took too long. Narrow the result with parameters.',
  'too-many-calls':
    'The call limit is reached. Wait, or create a token with a higher limit.',
};

/** What a token was last used for, or why that failed; followed while it is shown. */
export function FirstRead({
  client,
  grant,
  onRevoked,
  tokens,
}: {
  /** Tool for which the token was created. */
  client: GrantClient;
  /** Name of the grant. */
  grant: string;
  /** Called when the token no longer exists. */
  onRevoked: () => void;
  tokens: Tokens;
}) {
  const { retry, value } = tokens.grants;
  const found = value?.find(({ metadata }) => metadata.name === grant);
  const [isListed, setListed] = useState(false);
  const [isLate, setLate] = useState(false);
  useTimeoutFn(() => setLate(true), hintMs);
  useInterval(() => document.hidden || retry(), pollMs);
  if (found && !isListed) setListed(true);
  const isRevoked = isListed && !found;
  useEffect(() => {
    if (isRevoked) onRevoked();
  }, [isRevoked, onRevoked]);
  const { at, isFailure, text } = outcomeOf(client, found?.status, isLate);
  const calls = found?.status?.calls ?? 0;
  return (
    <div>
      {isFailure ? (
        <Alert severity="warning">{text}</Alert>
      ) : (
        <Typography variant="body2" role="status">
          {text}
        </Typography>
      )}
      {at && (
        <Typography variant="body2" color="textSecondary">
          <RelativeTime at={at} />
          {calls > 0 &&
            `; ${formatCount(calls, 'call')} with this token so far`}
        </Typography>
      )}
    </div>
  );
}

/** Returns what happened last, and when. A request for no function, such as one for metadata, tells less. */
function outcomeOf(
  client: GrantClient,
  { lastFailure, lastRead, lastUsed }: Status = {},
  isLate: boolean,
): { at?: string; isFailure?: boolean; text: string } {
  const isMended =
    lastRead &&
    lastFailure &&
    lastRead.at >= lastFailure.at &&
    (lastRead.fn || !lastFailure.fn);
  if (lastFailure && !isMended)
    return {
      at: lastFailure.at,
      isFailure: true,
      text: explain(client, lastFailure),
    };
  if (lastRead) {
    const { agent, at, fn, rows } = lastRead;
    const reader = readerName(client, agent);
    const next = client === 'api' ? '' : ' Now choose what to load.';
    if (!fn) return { at, text: `${reader} connected.${next}` };
    // A tool may need several responses for a table.
    const count =
      rows === undefined
        ? ''
        : `: ${formatCount(rows, 'row')} in the last response`;
    return { at, text: `${reader} read ${fn}${count}.` };
  }
  // From a gateway of an earlier version.
  if (lastUsed) return { at: lastUsed, text: 'The token works.' };
  return {
    text: isLate
      ? 'No request with this token has arrived yet. If the tool reports a failed sign-in, paste the token again, and enter no user name or your own.'
      : 'Waiting for the first read…',
  };
}

function explain(
  client: GrantClient,
  { agent, fn, parameter, status, type }: Failure,
): string {
  const where = [fn, parameter && `parameter ${parameter}`].filter(Boolean);
  const place = where.length > 0 ? ` (${where.join(', ')})` : '';
  return `${readerName(
    client,
    agent,
  )} got an error: status ${status}${place}. ${
    advice[type] ?? 'The tool shows the reason.'
  }`;
}
