import { useApi } from '@backstage/core-plugin-api';
import type {
  AppView,
  PodView,
} from '@bailiwick/backstage-plugin-bailiwick-common';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useEffect, useState } from 'react';

const keptCharacters = 500_000;

/** The log of a pod as it grows; only its newest part is kept. */
export function usePodLog(app: AppView, pod: PodView) {
  const client = useApi(bailiwickApiRef);
  const [text, setText] = useState('');
  const [error, setError] = useState<Error>();
  const { environment, name } = pod;
  const path =
    `/tenants/${app.tenant}/apps/${app.metadata.name}/environments/${environment}/pods/${name}/log?follow=true` as const;

  useEffect(() => {
    const stopped = new AbortController();
    setText('');
    setError(undefined);
    (async () => {
      const response = await client.open(path, { signal: stopped.signal });
      const reader = response
        .body!.pipeThrough(new TextDecoderStream())
        .getReader();
      for (
        let part = await reader.read();
        !part.done;
        part = await reader.read()
      ) {
        const { value } = part;
        setText(before => (before + value).slice(-keptCharacters));
      }
    })().catch(failure => {
      if (!stopped.signal.aborted) setError(failure);
    });
    return () => stopped.abort();
  }, [client, path]);

  return { text, error };
}
