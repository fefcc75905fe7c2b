import type {
  IssuedGrant,
  ReadableApp,
  ReadableEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { GrantClient } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  CopyText,
  formatCount,
  formatDate,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useRef, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { FirstRead } from './FirstRead';
import { defaultTexts, readTokenTexts, TokenOptions } from './TokenOptions';
import { covers } from './covers';
import { toolOf } from './tools';
import { useMe } from '../useMe';
import type { Tokens } from './useTokens';

/** Creates a token for a tool, shows it once, and then what it was last used for. */
export function NewToken({
  app,
  client,
  environment,
  fn,
  issued,
  missing,
  tokens,
}: {
  app: ReadableApp;
  client: GrantClient;
  environment: ReadableEnvironment;
  /** Name of the function that is read. */
  fn: string;
  /** The last token that was created for this tool. */
  issued?: IssuedGrant;
  /** Function that this token does not give access to. */
  missing?: string;
  tokens: Tokens;
}) {
  const [texts, setTexts] = useState(defaultTexts);
  const [hasOptions, setHasOptions] = useState(false);
  const { problems, restrictions } = readTokenTexts(texts);
  const created = useRef<HTMLDivElement>(null);
  const [isAwaited, setAwaited] = useState(false);
  const [isRevoked, setRevoked] = useState(false);
  const { forget, make } = tokens.reading;
  const { value: me } = useMe();
  const earlier = tokens.grants.value?.some(
    ({ spec }) =>
      spec.client === client &&
      spec.environment === environment.name &&
      spec.subject === me?.user &&
      covers(spec, fn) &&
      Date.parse(spec.expiresAt) > Date.now(),
  );
  const hasToken = issued ? !missing : earlier;
  const [making, create] = useAsyncFn(async () => {
    await make({ client, environment: environment.name, ...restrictions });
    // What restricts this token is no wish for the next one.
    setTexts(defaultTexts);
    setHasOptions(false);
    setAwaited(true);
    setRevoked(false);
  }, [client, environment.name, make, restrictions]);
  useEffect(() => {
    if (!isAwaited || !issued) return;
    created.current?.focus();
    setAwaited(false);
  }, [isAwaited, issued]);
  if (!app.canCreateToken)
    return (
      <Typography color="textSecondary">
        Only members of the tenant can create tokens. Ask an owner to add you as
        a viewer.
      </Typography>
    );
  return (
    <Stack>
      {making.error && <Alert severity="error">{making.error.message}</Alert>}
      {issued && (
        <>
          <Alert severity="success" ref={created} tabIndex={-1}>
            This is your token. It expires on{' '}
            {formatDate(issued.grant.spec.expiresAt)}. Copy it now; it won’t be
            shown again.
            <CopyText label="the token" text={issued.token} />
            {missing && (
              <Typography variant="body2">
                It doesn’t cover {missing}. Create another token for {missing}.
              </Typography>
            )}
          </Alert>
          <FirstRead
            key={issued.grant.metadata.name}
            client={client}
            grant={issued.grant.metadata.name}
            onRevoked={() => {
              forget(issued.grant.metadata.name);
              setRevoked(true);
            }}
            tokens={tokens}
          />
        </>
      )}
      {isRevoked && !issued && (
        <Alert severity="warning">This token was revoked.</Alert>
      )}
      <Stack direction="row">
        <Button
          variant={hasToken ? 'outlined' : 'contained'}
          color="primary"
          disabled={making.loading || Object.keys(problems).length > 0}
          onClick={create}
        >
          {issued || earlier ? 'Create another token' : 'Create token'}
        </Button>
        <Button
          aria-expanded={hasOptions}
          onClick={() => setHasOptions(!hasOptions)}
        >
          Options
        </Button>
        {!issued && earlier && (
          <Typography variant="body2" color="textSecondary">
            You already have a token for{' '}
            {client === 'api' ? 'programs' : toolOf(client)}. It was shown only
            once; if you no longer have it, create another one.
          </Typography>
        )}
        {!issued && !earlier && (
          <Typography variant="body2" color="textSecondary">
            Use a token as the password in your tool. It expires after{' '}
            {formatCount(restrictions.days, 'day')}.
          </Typography>
        )}
      </Stack>
      {hasOptions && (
        <TokenOptions
          functions={environment.contract!.functions}
          texts={texts}
          onChange={setTexts}
        />
      )}
    </Stack>
  );
}
