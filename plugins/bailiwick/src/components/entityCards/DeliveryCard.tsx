import { LinkButton } from '@backstage/core-components';
import type {
  AppView,
  DeploymentView,
  ReadingView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  CopyText,
  Facts,
  formatList,
  RelativeTime,
  Stack,
  type Live,
  LiveContent,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { Names } from '../Names';
import { SampleRows } from '../samples/SampleRows';
import { useGatewayUrl } from '../useGatewayUrl';
import { TabCard } from '../TabCard';
import { deliveryOf, formatTitles, type Delivered } from './deliveryOf';

/** Heights of the samples of two functions. */
const skeletons = [290, 290];

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(3),
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
}));

/** People whose names are shown. */
const namesShown = 5;
/** Functions that are shown, with a sample and an address. */
const functionsShown = 3;

/** The functions of an app with sample rows and addresses, and who reads them. */
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
    <TabCard title="Data">
      <LiveContent live={live} skeletons={skeletons} what="Data">
        {({ app, reading }) => {
          const functions = deliveryOf(app, gateway);
          return (
            <Stack>
              {functions.length > 0 ? (
                <Functions app={app} functions={functions} />
              ) : (
                <Typography>
                  No endpoints yet. They appear when the app runs for the first
                  time.
                </Typography>
              )}
              <Facts
                facts={[
                  ['Formats', formatTitles(app, functions) || 'None yet'],
                  ['Tokens', <Readers key="readers" of={reading} />],
                  ['Calls with tokens', <Reads key="reads" of={reading} />],
                ]}
              />
              <div>
                <LinkButton
                  to={`${page}/get-data`}
                  size="small"
                  variant="outlined"
                >
                  Get data
                </LinkButton>
              </div>
            </Stack>
          );
        }}
      </LiveContent>
    </TabCard>
  );
}

function Functions({
  app,
  functions,
}: {
  app: AppView;
  functions: Delivered[];
}) {
  const classes = useStyles();
  const left = functions.length - functionsShown;
  return (
    <>
      <ul className={classes.list} aria-label="Functions">
        {functions
          .slice(0, functionsShown)
          .map(({ about, address, callable, environments, gives, name }) => (
            <li key={name} className={classes.item}>
              <Typography variant="subtitle2" component="p">
                {name}
              </Typography>
              <Typography variant="body2">
                {about && `${about} `}
                Returns {gives} in {formatList(environments)}.
              </Typography>
              {callable && app.canCreateToken && (
                <SampleRows app={app} {...callable} />
              )}
              {address && (
                <CopyText label={`the address of ${name}`} text={address} />
              )}
            </li>
          ))}
      </ul>
      {left > 0 && (
        <Typography variant="body2">{left} more on the Get data tab</Typography>
      )}
    </>
  );
}

function Readers({ of: { people, tokens } }: { of: ReadingView }) {
  if (tokens === 0) return <>None; members of the tenant create their own</>;
  const left = people.length - namesShown;
  return (
    <>
      {tokens}, held by <Names of={people.slice(0, namesShown)} />
      {left > 0 && ` and ${left} more`}
    </>
  );
}

function Reads({ of: { calls, lastAt } }: { of: ReadingView }) {
  if (!lastAt) return <>None with current tokens</>;
  return (
    <>
      {calls}, last <RelativeTime at={lastAt} />
    </>
  );
}
