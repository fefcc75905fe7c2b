import { useEffect, useRef } from 'react';
import useAsyncFn from 'react-use/esm/useAsyncFn';
import { saveFile } from './saveFile';

/** A file that was saved. */
export interface SavedFile {
  name: string;
  bytes: number;
}

/**
 * Fetches files and saves them like downloads of the browser; they are given up when the component goes.
 *
 * @param request - sends the request
 * @param nameOf - names the file, unless the response does in `Content-Disposition`
 */
export function useDownload<T extends unknown[]>(
  request: (signal: AbortSignal, ...args: T) => Promise<Response>,
  nameOf: (...args: T) => string,
) {
  const abort = useRef(new AbortController());
  useEffect(() => {
    abort.current = new AbortController();
    return () => abort.current.abort();
  }, []);
  const [{ error, loading, value }, download] = useAsyncFn(
    async (...args: T): Promise<SavedFile> => {
      const response = await request(abort.current.signal, ...args);
      const content = await response.blob();
      const name = fileName(response) ?? nameOf(...args);
      saveFile(content, name);
      return { name, bytes: content.size };
    },
    [request, nameOf],
  );
  return { file: value, download, error, isBusy: loading };
}

function fileName({ headers }: Response): string | undefined {
  const disposition = headers.get('content-disposition') ?? '';
  return /filename="([^"]+)"/.exec(disposition)?.[1];
}
