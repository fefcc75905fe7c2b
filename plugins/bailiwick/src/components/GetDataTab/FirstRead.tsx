import type { GrantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { GrantClient } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  formatCount,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useState } from 'react';
import useInterval from 'react-use/esm/useInterval';
import useTimeoutFn from 'react-use/esm/useTimeoutFn';
import { readerName } from './readerName';
import type { Tokens } from './useTokens';

type Status = NonNullable<GrantView['status']>;
type Failure = NonNullable<Status['lastFailure']>;

/** Milliseconds between two looks at the last read, and until a hint is shown. */
const [pollMs, hintMs] = [3_000, 30_000];

/** What to do about a failure, by its kind. */
const advice: Record<string, string> = {
  'bad-odata-request': 'The address is not valid OData. Copy it again.',
  'invalid-parameter':
    'A parameter does not exist or has a wrong value. Compare the address with the form of the function.',
  'not-acceptable':
    'The function is not available in the requested format. Use the address or file below.',
  'not-allowed':
    'The token is for another app, environment, function or network. Copy the address again, or create a token with other options.',
  'not-found':
    'The app, environment or function in the address does not exist. Copy the address again.',
  'not-implemented':
    'The tool uses a part of OData that is not supported. Try the file or another tool.',
  'app-not-running': 'The app is not running. See the Deploy tab.',
  'app-too-slow':
    'The function took too long. Narrow the result with parameters.',
  'too-many-calls': 'The call limit is reached. Wait and try again.',
};

/** What a token was last used for, or why that failed; followed while it is shown. */
export function FirstRead({
  client,
  grant,
  tokens,
}: {
  /** Tool for which the token was created. */
  client: GrantClient;
  /** Name of the grant. */
  grant: string;
  tokens: Tokens;
}) {
  const { retry, value } = tokens.grants;
  const status = value?.find(({ metadata }) => metadata.name === grant)?.status;
  useInterval(retry, pollMs);
  return (
    <Typography variant="body2" role="status">
      <Outcome client={client} status={status} />
    </Typography>
  );
}

function Outcome({
  client,
  status: { calls = 0, lastFailure, lastRead } = {},
}: {
  client: GrantClient;
  status?: Status;
}) {
  const [isLate, setLate] = useState(false);
  useTimeoutFn(() => setLate(true), hintMs);
  if (lastFailure && !(lastRead && lastRead.at >= lastFailure.at))
    return <Failed client={client} failure={lastFailure} />;
  if (lastRead) {
    const { agent, at, fn, rows } = lastRead;
    const reader = readerName(client, agent);
    return fn ? (
      <>
        {reader} read {rows !== undefined && `${formatCount(rows, 'row')} of `}
        {fn} <RelativeTime at={at} />. {formatCount(calls, 'call')} with this
        token so far.
      </>
    ) : (
      <>
        {reader} connected <RelativeTime at={at} />. Now choose what to load.
      </>
    );
  }
  return isLate ? (
    <>
      No request with this token has arrived yet. If the tool reports a failed
      sign-in, leave its user name empty and paste the token again.
    </>
  ) : (
    <>Waiting for the first read…</>
  );
}

function Failed({
  client,
  failure: { agent, at, fn, parameter, status, type },
}: {
  client: GrantClient;
  failure: Failure;
}) {
  const where = [fn, parameter && `parameter ${parameter}`];
  return (
    <>
      {readerName(client, agent)} got an error <RelativeTime at={at} />: status{' '}
      {status}
      {where.some(Boolean) && ` (${where.filter(Boolean).join(', ')})`}.{' '}
      {advice[type] ?? 'The tool shows the reason.'}
    </>
  );
}
