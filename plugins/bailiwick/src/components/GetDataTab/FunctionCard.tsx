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
  toQuery,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  CopyText,
  RelativeTime,
  RowTable,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography } from '@material-ui/core';
import { useState } from 'react';
import { quote } from 'shlex';
import { fieldsOf, readFields } from '../ParameterFields';
import { TabCard } from '../TabCard';
import { Downloads } from './Downloads';
import { TryFunction } from './TryFunction';

const useStyles = makeStyles({ title: { overflowWrap: 'anywhere' } });

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

/** One function: its parameters and rows to try, its address as a ready line, and its columns. */
export function FunctionCard({
  app,
  environment,
  fn,
  gateway,
  runs = [],
}: {
  app: ReadableApp;
  environment: ReadableEnvironment;
  fn: ContractFunction;
  /** Address of the gateway, if there is one. */
  gateway?: string;
  /** Runs of the app, newest first. */
  runs?: readonly Run[];
}) {
  const classes = useStyles();
  const [texts, setTexts] = useState<Record<string, string>>({});
  const fields = fieldsOf(fn.parameters);
  const { isValid, parameters: values } = readFields(fields, texts);
  const query = toQuery(values);
  const path = [app.tenant, environment.name, app.metadata.name, fn.name];
  const address = gateway && `${gateway}/v1/${path.join('/')}`;
  const parameters = parameterSchemas(fn.parameters);
  return (
    <TabCard
      title={<span className={classes.title}>{fn.name}</span>}
      subheader={`In ${environment.name}`}
    >
      <Stack>
        <Stack spacing={1} style={{ maxWidth: '80ch' }}>
          {paragraphsOf(fn.description ?? fn.title ?? '').map(text => (
            <Typography key={text}>{text}</Typography>
          ))}
        </Stack>
        {fn.stored && <StoredResult run={storedRun(runs, environment.name)} />}
        {app.canCreateToken && (
          <TryFunction
            app={app}
            environment={environment}
            fields={fields}
            fn={fn}
            given={isValid ? values : undefined}
            onChange={setTexts}
            texts={texts}
          />
        )}
        {address && app.canCreateToken && (
          <Downloads
            // A message is about the values before.
            key={query}
            app={app}
            environment={environment.name}
            fn={fn}
            given={isValid ? values : undefined}
          />
        )}
        {address && (
          <CopyText
            label="the command"
            text={`curl -u :$TOKEN ${quote(address + query)}`}
          />
        )}
        {address && fn.result.kind === 'stream' && (
          <CopyText
            label="the command to follow the stream"
            text={`curl -N -u :$TOKEN -H 'Accept: text/event-stream' ${quote(
              address + query,
            )}`}
          />
        )}
        {/* The form describes them, too. */}
        {!app.canCreateToken && parameters.length > 0 && (
          <Names
            of={`${fn.name} in ${environment.name}`}
            title="Parameters"
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
            title="Columns"
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
          <RelativeTime at={finishedAt} />. To read an earlier one, use asOf.
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
  title: string;
}) {
  return (
    <RowTable
      label={`${title} of ${of}`}
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
