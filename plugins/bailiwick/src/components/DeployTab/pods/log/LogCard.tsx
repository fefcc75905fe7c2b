import { InfoCard } from '@backstage/core-components';
import type {
  AppView,
  PodView,
  WorkView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { Button, makeStyles, Typography } from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useMemo, useState } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { saveFile } from '../../../TenantPage/offboard/saveFile';
import { fileOf, findLines, jsonWords } from './lineWords';
import { LogLines } from './LogLines';
import { LogSearch } from './LogSearch';
import { LogToolbar, type LogPod } from './LogToolbar';
import { useLog, type LogChoice } from './useLog';

const useStyles = makeStyles(theme => ({
  // Nothing in it widens the page.
  root: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    justifyContent: 'space-between',
  },
}));

/** The log of a pod, or of all pods of an app in an environment as one. */
export function LogCard({
  app,
  environment,
  onPlace,
  pod = '',
  pods,
  runs = [],
}: {
  app: AppView;
  environment: string;
  onPlace: (place: { environment: string; pod: string }) => void;
  /** All of them when absent. */
  pod?: string;
  pods: PodView[];
  /** Those that run steps. */
  runs?: WorkView['pods'];
}) {
  const classes = useStyles();
  const [part, setPart] = useState<Omit<LogChoice, 'environment' | 'pod'>>({
    container: '',
    previous: false,
    follow: true,
    tail: '500',
    since: '',
  });
  const choice = useMemo(
    () => ({ ...part, environment, pod }),
    [part, environment, pod],
  );
  const [look, setLook] = useState({ hasTimes: false, isJson: true });
  const [searched, setSearched] = useState('');
  const [current, setCurrent] = useState(0);
  const { error, log, readAll } = useLog(app, choice);
  const lines = useMemo(
    () =>
      (log?.lines ?? []).map(line => ({
        ...line,
        words: look.isJson ? jsonWords(line.text) : line.text,
      })),
    [log, look.isJson],
  );
  const found = useMemo(
    () =>
      findLines(
        lines.map(({ words }) => words),
        searched,
      ),
    [lines, searched],
  );
  const [saved, save] = useAsyncFn(async () => {
    const all = await readAll();
    const { metadata } = app;
    const name = choice.pod || `${metadata.name}-${choice.environment}`;
    saveFile(
      new Blob([fileOf(all.lines)], { type: 'text/plain' }),
      `${name}.log`,
    );
  }, [readAll, app, choice]);
  const at = Math.min(current, Math.max(0, found.length - 1));
  const title = choice.pod
    ? `Log of ${choice.pod}`
    : `Log of all pods in ${choice.environment}`;
  const failure = error ?? saved.error;
  return (
    <InfoCard title={title}>
      <div className={classes.root}>
        <LogToolbar
          choice={choice}
          environments={app.spec.environments.map(({ name }) => name)}
          look={look}
          onChoose={({ environment: there, pod: chosen, ...rest }) => {
            setPart(rest);
            if (there !== environment || chosen !== pod)
              onPlace({ environment: there, pod: chosen });
          }}
          onLook={setLook}
          pods={[...pods, ...runs.map(asLogPod)]}
        />
        <div className={classes.bar}>
          <LogSearch
            at={at}
            count={found.length}
            text={searched}
            onMove={by =>
              setCurrent((at + by + found.length) % Math.max(1, found.length))
            }
            onSearch={text => {
              setSearched(text);
              setCurrent(0);
            }}
          />
          <Button
            size="small"
            variant="outlined"
            disabled={saved.loading}
            onClick={save}
          >
            Download
          </Button>
        </div>
        {failure && (
          <Alert severity="error">
            The log cannot be read: {failure.message}. The app itself is not
            affected.
          </Alert>
        )}
        <Typography variant="body2" color="textSecondary" role="status">
          {[countWords(log), ...(log?.notes ?? [])].join(' ')}
        </Typography>
        <LogLines
          label={title}
          lines={lines}
          dropped={log?.dropped ?? 0}
          hasPods={!choice.pod}
          hasTimes={look.hasTimes}
          searched={searched}
          at={found[at]}
        />
      </div>
    </InfoCard>
  );
}

/** A pod of a step has one container, and no run before. */
function asLogPod({ environment, name }: WorkView['pods'][number]): LogPod {
  return { environment, name, containers: [], restarts: 0 };
}

function countWords(log?: { lines: unknown[]; dropped: number }): string {
  if (!log) return 'Reading the log …';
  const { dropped, lines } = log;
  if (lines.length === 0) return 'Nothing was logged yet.';
  return dropped > 0
    ? `The newest ${lines.length} lines; older ones are not kept here.`
    : `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}.`;
}
