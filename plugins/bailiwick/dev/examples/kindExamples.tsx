import { InfoCard } from '@backstage/core-components';
import { healthWords } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import type { RequestState } from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  ConditionList,
  ConfirmDialog,
  CopyText,
  EmptyState,
  Facts,
  HealthChip,
  NumberStepper,
  RelativeTime,
  RequestChip,
  SearchableTable,
  SideDrawer,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, IconButton, TextField, Typography } from '@material-ui/core';
import DeleteIcon from '@material-ui/icons/Delete';
import Alert from '@material-ui/lab/Alert';
import { useState } from 'react';
import { CreateAppButton } from '../../src/components/CreateAppButton';
import { Figures } from '../../src/components/Figures';
import { LinkTabs } from '../../src/components/LinkTabs';
import { RequestTenantButton } from '../../src/components/RequestTenantButton';
import { SelectField } from '../../src/components/SelectField';
import { UsageBar } from '../../src/components/UsageBar';
import type { Example } from './Example';
import { chart } from './fixtures/charts';

const nothing = () => {};

function Buttons() {
  return (
    <Stack direction="row">
      <CreateAppButton
        in={[{ metadata: { name: 'rates-desk' }, myRole: 'builder', spec: {} }]}
      />
      <RequestTenantButton />
      <Button variant="contained" color="primary">
        Promote release
      </Button>
      <Button variant="contained" color="secondary">
        Delete app
      </Button>
      <Button variant="outlined">Restart pods</Button>
      <Button>Cancel</Button>
      <Button variant="contained" disabled>
        Not allowed
      </Button>
      <IconButton aria-label="Delete token">
        <DeleteIcon />
      </IconButton>
      <CreateAppButton
        in={[{ metadata: { name: 'rates-desk' }, myRole: 'viewer', spec: {} }]}
      />
    </Stack>
  );
}

function Fields() {
  const [cores, setCores] = useState<number | undefined>(2);
  const [environment, setEnvironment] = useState('dev');
  return (
    <Stack style={{ maxWidth: 480 }}>
      <TextField
        id="title"
        label="Title"
        variant="outlined"
        defaultValue="Rates desk"
        helperText="Up to 80 characters"
      />
      <TextField
        id="name"
        label="Name"
        variant="outlined"
        error
        defaultValue="Rates Desk"
        helperText="Use lower-case letters, digits and hyphens"
      />
      <TextField
        id="locked"
        label="Plan"
        variant="outlined"
        disabled
        defaultValue="Small"
      />
      <SelectField
        label="Environment"
        value={environment}
        options={['dev', 'test', 'prod']}
        onChange={setEnvironment}
      />
      <NumberStepper
        id="cores"
        label="CPU"
        unit="cores"
        min={1}
        max={16}
        step={1}
        value={cores}
        onChange={setCores}
      />
      <CopyText
        label="address"
        text="https://feeds.example.com/v1/rates-desk/dev/month-end-prices/prices?symbols=AAPL"
      />
    </Stack>
  );
}

function Cards() {
  return (
    <Stack>
      <InfoCard title="Environment dev" subheader="On the cluster local">
        <Stack>
          <Facts
            facts={[
              ['Owner', 'Rates'],
              ['Created', <RelativeTime key="at" at="2026-11-20T08:00:00Z" />],
            ]}
          />
          <Figures
            figures={[
              ['Pods', '3 of 3 ready'],
              ['Calls/min', '40'],
              ['p95 latency', '120 ms'],
            ]}
          />
          <UsageBar label="CPU" share={0.4} />
          <UsageBar label="Memory" share={0.95} />
          <ConditionList
            conditions={[
              {
                type: 'NetworkReady',
                status: 'True',
                reason: 'Ready',
                message: 'Only the gateway can connect',
                lastTransitionTime: '2026-11-20T08:00:00Z',
              },
              {
                type: 'LimitsReady',
                status: 'False',
                reason: 'Exceeded',
                message: 'The budget of the plan is exceeded',
                lastTransitionTime: '2026-11-24T08:00:00Z',
              },
            ]}
          />
        </Stack>
      </InfoCard>
      <EmptyState title="No apps yet" action={<RequestTenantButton />}>
        Apps of your tenants appear here with their health.
      </EmptyState>
      {(['success', 'info', 'warning', 'error'] as const).map(severity => (
        <Alert key={severity} severity={severity}>
          Can’t reach cluster west (timed out after 5 s). Showing data from
          12:04. Retrying.
        </Alert>
      ))}
    </Stack>
  );
}

interface Row {
  name: string;
  pods: number;
  isPending: boolean;
}

const rows: Row[] = ['prices', 'curves', 'volatility', 'fixings'].map(
  (name, number) => ({ name, pods: 3 ** number, isPending: number < 2 }),
);

function Tables() {
  return (
    <SearchableTable
      label="functions"
      rows={rows}
      idOf={({ name }) => name}
      sections={{
        titles: ['Pending', 'Completed'],
        of: ({ isPending }) => (isPending ? 'Pending' : 'Completed'),
      }}
      columns={[
        { title: 'Function', text: ({ name }) => name },
        {
          title: 'State',
          text: ({ isPending }) => (isPending ? 'Pending' : 'Completed'),
          cell: ({ isPending }) => (
            <RequestChip state={isPending ? 'Pending' : 'Completed'} />
          ),
        },
        { title: 'Pods', align: 'right', text: ({ pods }) => String(pods) },
      ]}
    />
  );
}

const stale = {
  since: '2026-11-24T11:58:00Z',
  why: 'The cluster west does not respond.',
};

const requestStates: RequestState[] = [
  'Pending',
  'Approved',
  'Denied',
  'Withdrawn',
  'Expired',
  'Completed',
  'Failed',
];

function StateChips() {
  return (
    <Stack>
      <Stack direction="row">
        {healthWords.map(health => (
          <HealthChip key={health} health={health} />
        ))}
      </Stack>
      <Stack direction="row">
        {healthWords.map(health => (
          <HealthChip key={health} health={health} stale={stale} />
        ))}
      </Stack>
      <Stack direction="row">
        {requestStates.map(state => (
          <RequestChip key={state} state={state} />
        ))}
      </Stack>
    </Stack>
  );
}

/** One component of each kind. */
export const kindExamples: Example[] = [
  {
    name: 'buttons',
    title: 'Buttons',
    element: <Buttons />,
    shows: 'Restart pods',
  },
  { name: 'fields', title: 'Fields', element: <Fields />, shows: 'cores' },
  {
    name: 'tabs',
    title: 'Tabs',
    element: (
      <LinkTabs
        label="Parts of the app"
        shown="logs"
        tabs={['Pods', 'Logs', 'Events (2 warnings)', 'Metrics', 'History'].map(
          title => ({ key: title.toLowerCase(), title, to: '' }),
        )}
      >
        <Typography>Log of all pods in dev</Typography>
      </LinkTabs>
    ),
    shows: 'Log of all pods',
  },
  { name: 'cards', title: 'Cards', element: <Cards />, shows: 'Network ready' },
  { name: 'table', title: 'Table', element: <Tables />, shows: 'volatility' },
  {
    name: 'dialog',
    title: 'Dialog',
    element: (
      <ConfirmDialog
        title="Delete app Month-end prices"
        confirm="Delete app"
        isDestructive
        typed="month-end-prices"
        reason={{ help: 'All members of the tenant can read it.' }}
        onClose={nothing}
        onConfirm={() => Promise.reject(new Error('The cluster is away.'))}
      >
        <Typography>
          Its pods, tokens and history are deleted. The git repository is kept.
        </Typography>
      </ConfirmDialog>
    ),
    shows: 'The git repository is kept',
  },
  {
    name: 'drawer',
    title: 'Drawer',
    element: (
      <SideDrawer title="Pod month-end-prices-7d9f8b6c5-x2" onClose={nothing}>
        <Facts
          facts={[
            ['State', 'CrashLoopBackOff'],
            ['Memory', '92 MiB of 512 MiB'],
          ]}
        />
      </SideDrawer>
    ),
    shows: 'CrashLoopBackOff',
  },
  {
    name: 'states',
    title: 'State chips',
    element: <StateChips />,
    shows: 'Withdrawn',
  },
  { name: 'chart', title: 'Chart', element: chart('day'), shows: 'Calls/min' },
];
