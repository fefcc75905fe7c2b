import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import {
  requiredParameters,
  withFullStop,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  RequestFailedError,
  type ReadableApp,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import { RelativeTime } from '@bailiwick/backstage-plugin-bailiwick-react';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import useAsync from 'react-use/esm/useAsync';
import { useEnvironmentClient } from '../DeployTab/pods/useEnvironmentClient';
import { Note, Sample } from './Sample';

/** The first rows of a function and a chart of all rows, or its value, live from an environment. */
export function SampleRows(props: {
  app: ReadableApp;
  /** Running code; the sample is reloaded when it changes. */
  code: string;
  environment: string;
  fn: ContractFunction;
  /** Values of parameters; the others have their defaults. */
  parameters?: Record<string, unknown>;
}) {
  const { fn, parameters = {} } = props;
  const missing = requiredParameters(fn).filter(
    name => !Object.hasOwn(parameters, name),
  );
  if (missing.length > 0)
    return <Note>No sample: the function requires {missing.join(', ')}.</Note>;
  return <LoadedRows {...props} />;
}

function LoadedRows({
  app,
  code,
  environment,
  fn,
  parameters,
}: Parameters<typeof SampleRows>[0]) {
  const here = useEnvironmentClient(app, environment);
  const { error, value: sample } = useAsync(
    () => here.preview(fn.name, parameters),
    [here, fn.name, code, JSON.stringify(parameters)],
  );
  if (error) {
    const isRefused =
      error instanceof RequestFailedError && error.status === 403;
    if (isRefused) return null;
    // People who entered values expect a result.
    return parameters ? (
      <Alert severity="error">
        Can’t show rows: {withFullStop(error.message)}
      </Alert>
    ) : (
      <Note>No sample: {error.message}</Note>
    );
  }
  if (!sample) return <Skeleton variant="rect" height={96} />;
  return (
    <Sample fn={fn} sample={sample}>
      {!sample.rows && 'Sample '}from {environment},{' '}
      <RelativeTime at={sample.at} />
      {sample.rows &&
        sample.count === 0 &&
        parameters &&
        '. Other parameter values may return rows'}
    </Sample>
  );
}
