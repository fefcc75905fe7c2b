import type {
  ReadableApp,
  ReadableEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type {
  ContractFunction,
  Run,
} from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  describeType,
  joinSentences,
  paragraphsOf,
  parameterSchemas,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  formatCount,
  RelativeTime,
  RowTable,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography } from '@material-ui/core';
import { fieldsOf } from '../ParameterFields';
import { TabCard } from '../TabCard';
import { Downloads } from './Downloads';
import { valuesOf } from './tools';
import { TryFunction } from './TryFunction';

const useStyles = makeStyles({ title: { overflowWrap: 'anywhere' } });

const noTexts: Record<string, string> = {};

/** Describes a parameter and its default. */
function meaningOf(schema: Record<string, unknown>): string {
  const { default: initial, description } = schema as {
    default?: unknown;
    description?: string;
  };
  const isGiven = initial !== undefined && initial !== null;
  const shown = Array.isArray(initial) ? initial.join(', ') : String(initial);
  return joinSentences(description, isGiven && `Default: ${shown}.`);
}

/** One function: its parameters and rows to try, files of them, and its columns. */
export function FunctionCard({
  app,
  environment,
  fn,
  onChange,
  onTools,
  runs = [],
  texts = noTexts,
}: {
  app: ReadableApp;
  environment: ReadableEnvironment;
  fn: ContractFunction;
  onChange: (texts: Record<string, string>) => void;
  /** Shows the tools that read the function; absent if there is no gateway. */
  onTools?: () => void;
  /** Runs of the app, newest first. */
  runs?: readonly Run[];
  /** What was entered, by the name of the parameter. */
  texts?: Record<string, string>;
}) {
  const classes = useStyles();
  const fields = fieldsOf(fn.parameters);
  const given = valuesOf(fn, texts);
  const parameters = parameterSchemas(fn.parameters);
  return (
    <TabCard
      title={<span className={classes.title}>{fn.name}</span>}
      subheader={`In ${environment.name}`}
      action={
        onTools && (
          <Button
            size="small"
            variant="outlined"
            aria-label={`Read in a tool: ${fn.name}`}
            onClick={onTools}
          >
            Read in a tool
          </Button>
        )
      }
    >
      <Stack>
        <Stack spacing={1} style={{ maxWidth: '80ch' }}>
          {paragraphsOf(fn.description ?? fn.title ?? '').map(text => (
            <Typography key={text}>{text}</Typography>
          ))}
        </Stack>
        {fn.maxAgeSeconds !== undefined && (
          <Typography variant="body2">
            Results can be up to {formatAge(fn.maxAgeSeconds)} old.
          </Typography>
        )}
        {fn.stored && <StoredResult run={storedRun(runs, environment.name)} />}
        {app.canCreateToken && (
          <TryFunction
            app={app}
            environment={environment}
            fields={fields}
            fn={fn}
            given={given}
            onChange={onChange}
            texts={texts}
          />
        )}
        {onTools && app.canCreateToken && (
          <Downloads
            // A message is about the values before.
            key={JSON.stringify(given)}
            app={app}
            environment={environment.name}
            fn={fn}
            given={given}
          />
        )}
        {/* The form describes them, too. */}
        {!app.canCreateToken && parameters.length > 0 && (
          <Names
            of={`${fn.name} in ${environment.name}`}
            title="Parameter"
            rows={parameters.map(([name, schema]) => ({
              name,
              meaning: meaningOf(schema),
              type: describeType(schema),
            }))}
          />
        )}
        {fn.result.columns && (
          <Names
            of={`${fn.name} in ${environment.name}`}
            title="Column"
            rows={fn.result.columns.map(
              ({ description = '', name, type, unit }) => ({
                name,
                meaning: description,
                type: unit ? `${type} (${unit})` : type,
              }),
            )}
          />
        )}
      </Stack>
    </TabCard>
  );
}

/** Returns the run whose result readers get: the newest that succeeded with the default parameters. */
function storedRun(runs: readonly Run[], environment: string): Run | undefined {
  return runs.find(
    ({ spec, status }) =>
      spec.environment === environment &&
      status?.phase === 'Succeeded' &&
      Object.keys(spec.parameters).length === 0,
  );
}

/** Tells how old a stored result is. */
function StoredResult({ run }: { run?: Run }) {
  const finishedAt = run?.status?.finishedAt;
  return (
    <Typography variant="body2" color="textSecondary">
      {finishedAt ? (
        <>
          Stored result of run {run.metadata.name}, which ended{' '}
          <RelativeTime at={finishedAt} />. To read an earlier result, set the
          parameter asOf.
        </>
      ) : (
        'The result is available after the first run.'
      )}
    </Typography>
  );
}

interface Named {
  name: string;
  meaning: string;
  type: string;
}

function Names({
  of,
  rows,
  title,
}: {
  /** Owner of the rows; labels of tables must differ. */
  of: string;
  rows: Named[];
  /** Heading of the names, in the singular. */
  title: string;
}) {
  return (
    <RowTable
      label={`${title}s of ${of}`}
      rows={rows}
      idOf={({ name }) => name}
      columns={[
        { title, text: ({ name }) => name, width: '20%' },
        { title: 'Meaning', text: ({ meaning }) => meaning },
        { title: 'Type', text: ({ type }) => type, width: '25%' },
      ]}
    />
  );
}

/** Formats an age in the largest unit that fits: 300 is `5 minutes`. */
function formatAge(seconds: number): string {
  if (seconds % 3600 === 0) return formatCount(seconds / 3600, 'hour');
  if (seconds % 60 === 0) return formatCount(seconds / 60, 'minute');
  return formatCount(seconds, 'second');
}
