import { InfoCard, LinkButton } from '@backstage/core-components';
import type {
  DeploymentView,
  ReadingView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  Facts,
  formatCount,
  RelativeTime,
  Stack,
  type Live,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { Names } from '../Names';
import { useGatewayUrl } from '../useGatewayUrl';
import { deliveryOf, formatsOf, type Delivered } from './deliveryOf';
import { MembersOnly } from './MembersOnly';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gap: theme.spacing(1.5),
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
}));

/** People whose names are shown. */
const namesShown = 5;
/** Functions whose addresses are shown. */
const functionsShown = 5;

/** What an app gives, where, and who reads it. */
export function DeliveryCard({
  live,
  page,
}: {
  live: Live<DeploymentView>;
  /** Address of the app's page. */
  page: string;
}) {
  const gateway = useGatewayUrl();
  return (
    <InfoCard title="Endpoints">
      <MembersOnly live={live} what="Endpoints">
        {({ app, reading }) => {
          const functions = deliveryOf(app, gateway);
          return (
            <Stack>
              {functions.length > 0 ? (
                <Functions functions={functions} />
              ) : (
                <Typography>
                  No endpoints yet. They appear when the app runs for the first
                  time.
                </Typography>
              )}
              <Facts
                facts={[
                  ['Formats', formatsOf(app)],
                  ['Tokens', <Readers key="readers" of={reading} />],
                  ['Read', <Reads key="reads" of={reading} />],
                ]}
              />
              <div>
                <LinkButton
                  to={`${page}/use-it`}
                  variant="contained"
                  color="primary"
                >
                  Use it
                </LinkButton>
              </div>
            </Stack>
          );
        }}
      </MembersOnly>
    </InfoCard>
  );
}

function Functions({ functions }: { functions: Delivered[] }) {
  const classes = useStyles();
  const left = functions.length - functionsShown;
  return (
    <>
      <ul className={classes.list} aria-label="Functions">
        {functions
          .slice(0, functionsShown)
          .map(({ about, address, environments, gives, name }) => (
            <li key={name}>
              <Typography variant="subtitle2" component="p">
                {name}
              </Typography>
              <Typography variant="body2" gutterBottom>
                {about && `${about} `}
                Gives {gives}, in {environments.join(', ')}.
              </Typography>
              {address && (
                <CopyText label={`the address of ${name}`} text={address} />
              )}
            </li>
          ))}
      </ul>
      {left > 0 && (
        <Typography variant="body2">{left} more on the Use it tab</Typography>
      )}
    </>
  );
}

function Readers({ of: { people, tokens } }: { of: ReadingView }) {
  if (tokens === 0) return <>None; members of the tenant create their own</>;
  const left = people.length - namesShown;
  return (
    <>
      {tokens}, of <Names of={people.slice(0, namesShown)} />
      {left > 0 && ` and ${left} more`}
    </>
  );
}

function Reads({ of: { calls, lastAt } }: { of: ReadingView }) {
  if (!lastAt) return <>Not used yet</>;
  return (
    <>
      {formatCount(calls, 'call')}, last used <RelativeTime at={lastAt} />
    </>
  );
}
