import type { Transport } from '@codemirror/lsp-client';

/** Settings of basedpyright's section `basedpyright.analysis`. */
const analysis = { autoImportCompletions: false };

/** Request of the language server for a second worker, which analyzes in the background. */
interface NewWorker {
  type: 'browser/newWorker';
  initialData: unknown;
  port: MessagePort;
}

/**
 * Starts the browser build of basedpyright. Besides JSON-RPC, its workers exchange messages that start them.
 *
 * @param script - address of the program
 * @param onFailure - called if the browser cannot load the program
 */
export async function startWorker(
  script: string,
  onFailure: (error: Error) => void,
): Promise<{ transport: Transport; stop(): void }> {
  const { address, forget } = await ownAddress(script);
  const workers: Worker[] = [];
  const start = (boot: object, transfer: Transferable[] = []) => {
    const worker = new Worker(address);
    worker.addEventListener('error', ({ message }) =>
      onFailure(
        new Error(message || 'the browser could not load the language server'),
      ),
    );
    worker.postMessage({ type: 'browser/boot', ...boot }, transfer);
    workers.push(worker);
    return worker;
  };
  const main = start({ mode: 'foreground' });
  const handlers = new Set<(message: string) => void>();
  main.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (isNewWorker(data)) {
      const { initialData, port } = data;
      start({ mode: 'background', initialData, port }, [port]);
    } else if (isQuestion(data)) main.postMessage(answerTo(data));
    else for (const handle of handlers) handle(JSON.stringify(data));
  });
  return {
    transport: {
      send: message => main.postMessage(withFolder(JSON.parse(message))),
      subscribe: handler => handlers.add(handler),
      unsubscribe: handler => handlers.delete(handler),
    },
    stop() {
      for (const worker of workers) worker.terminate();
      forget();
    },
  };
}

/** basedpyright looks for its settings in workspace folders only, which the client does not send. */
function withFolder(message: { method?: string; params?: any }): object {
  if (message.method !== 'initialize') return message;
  const { rootUri: uri } = message.params;
  const workspaceFolders = [{ uri, name: 'code' }];
  return { ...message, params: { ...message.params, workspaceFolders } };
}

/** Request for settings (LSP 3.17, workspace/configuration), which the client does not know. */
interface Question {
  id: number;
  method: 'workspace/configuration';
  params: { items: { section?: string }[] };
}

function isQuestion(data: unknown): data is Question {
  return (data as Partial<Question>)?.method === 'workspace/configuration';
}

function answerTo({ id, params }: Question): object {
  const result = params.items.map(({ section }) =>
    section === 'basedpyright.analysis' ? analysis : {},
  );
  return { jsonrpc: '2.0', id, result };
}

/** Browsers start workers from the origin of the page only; a backend elsewhere sends the program first. */
async function ownAddress(script: string) {
  if (new URL(script, location.href).origin === location.origin)
    return { address: script, forget: () => {} };
  const response = await fetch(script);
  if (!response.ok) throw new Error(`${script}: status ${response.status}`);
  const address = URL.createObjectURL(
    new Blob([await response.blob()], { type: 'text/javascript' }),
  );
  return { address, forget: () => URL.revokeObjectURL(address) };
}

function isNewWorker(data: unknown): data is NewWorker {
  return (data as Partial<NewWorker>)?.type === 'browser/newWorker';
}
