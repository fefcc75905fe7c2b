import {
  hoverTooltips,
  LSPClient,
  serverCompletion,
  serverDiagnostics,
  signatureHelp,
} from '@codemirror/lsp-client';
import type { Extension } from '@codemirror/state';
import type { LibraryTypes } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import DOMPurify from 'dompurify';
import type { LineProblem } from './LineProblem';
import { OpenFiles } from './OpenFiles';
import { startWorker } from './startWorker';

/** Part of a problem in the protocol (LSP 3.17, Diagnostic); lines and characters are from 0. */
interface Diagnostic {
  range: Record<'start' | 'end', { line: number; character: number }>;
  /** 1 for an error, 2 for a warning, 3 for information, 4 for a hint. */
  severity?: number;
  /** Rule; absent for wrong syntax. */
  code?: string | number;
  message: string;
}

/** Folders of the app's code, and of the types of libraries. */
const [code, types] = ['/code', '/types'];

/** Path of the types that the program itself has: those of Python and of libraries without own types. */
const typeshed = '/typeshed';

/** Milliseconds until a request fails; the first one reads the types of libraries. */
const timeout = 20_000;

/** Completes and checks Python code in the browser with basedpyright, a language server in web workers. */
export class LanguageServer {
  readonly #client: LSPClient;
  readonly #stop: () => void;

  private constructor(client: LSPClient, stop: () => void) {
    this.#client = client;
    this.#stop = stop;
  }

  /**
   * Starts the server.
   *
   * @param options.script - address of the program
   * @param options.files - Python files of the app by path
   * @param options.libraries - absent without types of libraries
   * @param options.onProblems - called with all problems of an open file when they change
   */
  static async start({
    files,
    libraries,
    onProblems,
    script,
  }: {
    files: Record<string, string>;
    libraries?: LibraryTypes;
    onProblems: (path: string, problems: LineProblem[]) => void;
    script: string;
  }): Promise<LanguageServer> {
    const { stop, transport } = await startWorker(script);
    const client = new LSPClient({
      rootUri: uriOf(''),
      initializationOptions: {
        files: {
          ...prefixed(types, libraries?.files ?? {}),
          ...prefixed(code, files),
          [`${code}/pyrightconfig.json`]: settings(libraries?.python),
        },
      },
      workspace: one => new OpenFiles(one),
      timeout,
      // Docstrings are texts of other people.
      sanitizeHTML: html => DOMPurify.sanitize(html),
      notificationHandlers: {
        'textDocument/publishDiagnostics': (
          { workspace },
          {
            diagnostics,
            uri,
            version,
          }: { diagnostics: Diagnostic[]; uri: string; version?: number },
        ) => {
          const file = workspace.getFile(uri);
          if (file && (version === undefined || version === file.version))
            onProblems(pathOf(uri), diagnostics.flatMap(problemOf));
          return true;
        },
        // It logs each step.
        'window/logMessage': () => true,
      },
      extensions: [
        { clientCapabilities: { workspace: { configuration: true } } },
        // Also sends changes while nobody asks for completions.
        serverDiagnostics(),
        serverCompletion({ override: true }),
        hoverTooltips(),
        signatureHelp(),
      ],
    });
    client.connect(transport);
    await client.initializing;
    return new LanguageServer(client, stop);
  }

  /** Connects an editor of a file. */
  editorOf(path: string): Extension {
    return this.#client.plugin(uriOf(path), 'python');
  }

  stop() {
    this.#client.disconnect();
    this.#stop();
  }
}

/** @see https://docs.basedpyright.com/latest/configuration/config-files/ */
function settings(pythonVersion?: string): string {
  return JSON.stringify({
    pythonVersion,
    stubPath: types,
    typeshedPath: typeshed,
    typeCheckingMode: 'standard',
    // The runtime may have libraries without types.
    reportMissingImports: 'none',
    reportMissingModuleSource: 'none',
  });
}

function prefixed(folder: string, files: Record<string, string>) {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
  );
}

function uriOf(path: string): string {
  return `file://${code}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function pathOf(uri: string): string {
  return decodeURIComponent(uri.slice(uriOf('').length));
}

/** Code with wrong types can still run, so only wrong syntax is an error. */
function problemOf({
  code: rule,
  message,
  range: { end, start },
  severity = 1,
}: Diagnostic): LineProblem[] {
  // Hints and information are about style.
  if (severity > 2) return [];
  return [
    {
      line: start.line + 1,
      from: start.character,
      to: end.line === start.line ? end.character : undefined,
      message,
      severity: rule === undefined ? 'error' : 'warning',
    },
  ];
}
