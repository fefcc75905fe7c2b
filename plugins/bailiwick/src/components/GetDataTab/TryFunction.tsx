import type {
  ReadableApp,
  ReadableEnvironment,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { ContractFunction } from '@bailiwick/backstage-plugin-bailiwick-common/kinds';
import { Stack } from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button } from '@material-ui/core';
import { useState } from 'react';
import { ParameterFields, type ParameterField } from '../ParameterFields';
import { SampleRows } from '../samples/SampleRows';

/** Form of a function's parameters, and the first rows with a chart, before the reader has a token. */
export function TryFunction({
  app,
  environment: { name: environment, release, revision = '' },
  fields,
  fn,
  given,
  onChange,
  texts,
}: {
  app: ReadableApp;
  environment: ReadableEnvironment;
  fields: ParameterField[];
  fn: ContractFunction;
  /** Values of the fields; absent while they are not valid. */
  given?: Record<string, unknown>;
  onChange: (texts: Record<string, string>) => void;
  texts: Record<string, string>;
}) {
  const [previewed, preview] = useState<Record<string, unknown>>();
  // Rows of other values would contradict the form.
  const isCurrent = JSON.stringify(previewed) === JSON.stringify(given);
  return (
    <Stack>
      <ParameterFields fields={fields} texts={texts} onChange={onChange} />
      <div>
        <Button
          variant="outlined"
          aria-label={`Preview ${fn.name}`}
          disabled={!given}
          onClick={() => preview(given)}
        >
          Preview
        </Button>
      </div>
      {previewed && isCurrent && (
        <div role="status">
          <SampleRows
            app={app}
            code={release ?? revision}
            environment={environment}
            fn={fn}
            parameters={previewed}
          />
        </div>
      )}
    </Stack>
  );
}
