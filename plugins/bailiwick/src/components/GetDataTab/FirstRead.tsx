import type { GrantView } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCount,
  RelativeTime,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Typography } from '@material-ui/core';
import { useState } from 'react';
import useInterval from 'react-use/esm/useInterval';
import useTimeoutFn from 'react-use/esm/useTimeoutFn';
import type { Tokens } from './useTokens';

type Status = NonNullable<GrantView['status']>;

/** Milliseconds between two looks for the first read, and until a hint is shown. */
const [pollMs, hintMs] = [3_000, 30_000];

/** What to do about a failure, by its kind. */
const advice: Record<string, string> = {
  'bad-odata-request':
    'The tool sent an address that is not valid OData. Copy the address again.',
  'invalid-parameter':
    'A parameter does not exist or has a wrong value. Compare the address with the parameters below.',
  'not-acceptable':
    'The function is not available in the format that the tool requested. Use the address or file below.',
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

/** Whether a token was used, and why the last attempt failed; the page looks until it was used. */
export function FirstRead({
  grant,
  tokens,
}: {
  /** Name of the grant. */
  grant: string;
  tokens: Tokens;
}) {
  const { retry, value } = tokens.grants;
  const status = value?.find(({ metadata }) => metadata.name === grant)?.status;
  useInterval(retry, status?.lastUsed ? null : pollMs);
  return (
    <Typography variant="body2" role="status">
      <Outcome status={status} />
    </Typography>
  );
}

function Outcome({ status = {} }: { status?: Status }) {
  const [isLate, setLate] = useState(false);
  useTimeoutFn(() => setLate(true), hintMs);
  const { calls = 0, lastFailure, lastUsed } = status;
  if (lastUsed)
    return (
      <>
        The token works: {formatCount(calls, 'call')}, last used{' '}
        <RelativeTime at={lastUsed} />.
      </>
    );
  if (lastFailure)
    return (
      <>
        An attempt failed <RelativeTime at={lastFailure.at} /> with status{' '}
        {lastFailure.status}
        {lastFailure.agent && `, from ${lastFailure.agent}`}.{' '}
        {advice[lastFailure.type] ?? 'The tool shows the reason.'}
      </>
    );
  return isLate ? (
    <>
      No request with this token has arrived yet. If the tool reports a failed
      sign-in, leave its user name empty and paste the token again.
    </>
  ) : (
    <>Waiting for the first read…</>
  );
}
