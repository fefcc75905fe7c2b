import { useApi } from '@backstage/core-plugin-api';
import { bailiwickApiRef } from '@bailiwick/backstage-plugin-bailiwick-react';
import { useEffect, useRef } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { saveFile } from '../../saveFile';

/** An archive that was saved. */
interface Archive {
  name: string;
  bytes: number;
}

/** Fetches the archive of a tenant and saves it; it is given up when the dialog closes. */
export function useArchive(tenant: string) {
  const client = useApi(bailiwickApiRef);
  const abort = useRef(new AbortController());
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, []);
  const [{ error, loading, value }, download] =
    useAsyncFn(async (): Promise<Archive> => {
      const { signal } = abort.current;
      const response = await client.exportTenant(tenant, { signal });
      const content = await response.blob();
      const name = fileName(response) ?? `${tenant}.tar.gz`;
      saveFile(content, name);
      return { name, bytes: content.size };
    }, [client, tenant]);
  return { archive: value, download, error, isBusy: loading };
}

function fileName({ headers }: Response): string | undefined {
  return /filename="([^"]+)"/.exec(
    headers.get('content-disposition') ?? '',
  )?.[1];
}
