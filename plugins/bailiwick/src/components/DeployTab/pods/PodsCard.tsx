import { InfoCard } from '@backstage/core-components';
import type {
  EnvironmentRights,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import {
  RelativeTime,
  RowTable,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { Fragment, useState } from 'react';

/** Pods that are drawn at once; more of them make a page slow. */
const pageSize = 50;

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
  },
  sentence: { flexBasis: '100%' },
  more: { margin: theme.spacing(1) },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** Whose log is open: of one pod, or of all pods of an environment. */
export interface OpenedLog {
  environment: string;
  pod?: string;
}

/** The pods of an app, each with a way to its log. */
export function PodsCard({
  environments,
  onDetail,
  onLog,
  onMetrics,
  onTerminal,
  opened,
  pods,
  rights,
}: {
  environments: string[];
  onDetail: (pod: PodView) => void;
  onLog: (log: OpenedLog) => void;
  onMetrics: (environment: string) => void;
  onTerminal: (pod: PodView) => void;
  opened?: OpenedLog;
  pods: PodView[];
  /** By environment; without them nothing can be opened but logs. */
  rights: Record<string, EnvironmentRights>;
}) {
  const classes = useStyles();
  const [count, setCount] = useState(pageSize);
  const closed = environments.flatMap(environment => {
    const refusal = rights[environment]?.terminal.refusal;
    return refusal ? `No terminal in ${environment}: ${refusal}.` : [];
  });
  return (
    <InfoCard title="Pods" noPadding>
      <div className={classes.bar}>
        {environments.map(environment => (
          <Fragment key={environment}>
            <Button
              size="small"
              variant="outlined"
              aria-expanded={opened?.environment === environment && !opened.pod}
              onClick={() => onLog({ environment })}
            >
              Log of all in {environment}
            </Button>
            <Button
              size="small"
              variant="outlined"
              onClick={() => onMetrics(environment)}
            >
              Metrics of {environment}
            </Button>
          </Fragment>
        ))}
        {closed.map(sentence => (
          <Typography
            key={sentence}
            variant="body2"
            color="textSecondary"
            className={classes.sentence}
          >
            {sentence}
          </Typography>
        ))}
      </div>
      {pods.length === 0 ? (
        <Typography color="textSecondary" style={{ padding: 16 }}>
          Pods run the app's code. There are none at the moment.
        </Typography>
      ) : (
        <RowTable
          label="Pods"
          rows={pods.slice(0, count)}
          idOf={({ environment, name }) => `${environment}/${name}`}
          columns={[
            { title: 'Pod', text: ({ name }) => name },
            { title: 'Environment', text: ({ environment }) => environment },
            {
              title: 'State',
              text: ({ phase, ready, why }) => (ready ? 'Ready' : why ?? phase),
            },
            {
              title: 'Restarts',
              text: ({ restarts }) => String(restarts),
              align: 'right',
            },
            {
              title: 'Started',
              text: ({ startedAt = '' }) => startedAt,
              cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
            },
            {
              title: 'Look inside',
              text: () => '',
              cell: pod => (
                <div className={classes.buttons}>
                  <Button
                    size="small"
                    variant="outlined"
                    aria-label={`Log of ${pod.name}`}
                    aria-expanded={opened?.pod === pod.name}
                    onClick={() =>
                      onLog({ environment: pod.environment, pod: pod.name })
                    }
                  >
                    Log
                  </Button>
                  <Button
                    size="small"
                    variant="outlined"
                    aria-label={`Details of ${pod.name}`}
                    onClick={() => onDetail(pod)}
                  >
                    Details
                  </Button>
                  <Button
                    size="small"
                    variant="outlined"
                    aria-label={`Terminal in ${pod.name}`}
                    disabled={!isOpen(rights[pod.environment])}
                    onClick={() => onTerminal(pod)}
                  >
                    Terminal
                  </Button>
                </div>
              ),
            },
          ]}
        />
      )}
      {pods.length > count && (
        <Button
          className={classes.more}
          size="small"
          onClick={() => setCount(count + pageSize)}
        >
          Show {pageSize} more of {pods.length}
        </Button>
      )}
    </InfoCard>
  );
}

function isOpen(rights: EnvironmentRights | undefined): boolean {
  return rights !== undefined && !rights.terminal.refusal;
}
