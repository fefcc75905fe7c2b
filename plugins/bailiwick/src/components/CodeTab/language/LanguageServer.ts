import {
  hoverTooltips,
  LSPClient,
  LSPPlugin,
  serverCompletion,
  serverDiagnostics,
  signatureHelp,
} from '@codemirror/lsp-client';
import { Text, type Extension } from '@codemirror/state';
import type { LibraryTypes } from '@bailiwick/backstage-plugin-bailiwick-common/client';
import type { EditorView } from '@uiw/react-codemirror';
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

/** Problems of a file (LSP 3.17, PublishDiagnosticsParams). */
interface Diagnostics {
  diagnostics: Diagnostic[];
  uri: string;
  version?: number;
}

/** What documentation may contain; links would leave the page. */
const allowed = {
  FORBID_TAGS: ['style', 'form', 'img'],
  FORBID_ATTR: ['href'],
};

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
  /** Texts of files by path, as last set. */
  readonly #texts: Map<string, string>;

  private constructor(
    client: LSPClient,
    stop: () => void,
    files: Record<string, string>,
  ) {
    this.#client = client;
    this.#stop = stop;
    this.#texts = new Map(Object.entries(files));
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
    let fail = (_: Error) => {};
    const failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const { stop, transport } = await startWorker(script, fail);
    const client = new LSPClient({
      rootUri: uriOf(''),
      initializationOptions: {
        files: {
          ...prefixed(types, libraries?.files ?? {}),
          ...prefixed(code, files),
          [`${code}/pyrightconfig.json`]: settings(libraries),
        },
      },
      workspace: one => new OpenFiles(one),
      timeout,
      // Docstrings are texts of other people.
      sanitizeHTML: html => DOMPurify.sanitize(html, allowed),
      notificationHandlers: {
        'textDocument/publishDiagnostics': (
          { workspace },
          { diagnostics, uri, version }: Diagnostics,
        ) => {
          const file = workspace.getFile(uri);
          const view = file?.getView();
          if (view && (version === undefined || version === file?.version))
            onProblems(
              pathOf(uri),
              diagnostics.flatMap(one => problemOf(one, view)),
            );
          return true;
        },
        // It logs each step.
        'window/logMessage': () => true,
        // It reports its settings, which people can't change, in dialogs over the text.
        'window/showMessage': () => true,
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
    try {
      client.connect(transport);
      await Promise.race([client.initializing, failed]);
    } catch (error) {
      client.disconnect();
      stop();
      throw error;
    }
    return new LanguageServer(client, stop, files);
  }

  /** Connects an editor of a file. */
  editorOf(path: string): Extension {
    this.#create(path);
    return this.#client.plugin(uriOf(path), 'python');
  }

  /** Sets the texts of all Python files, for those that no editor shows. */
  setTexts(texts: Record<string, string>) {
    const files = this.#client.workspace as OpenFiles;
    const isShown = (path: string) => files.getFile(uriOf(path))?.getView();
    for (const path of this.#texts.keys())
      if (!Object.hasOwn(texts, path) && !isShown(path)) {
        files.remove(uriOf(path));
        this.#client.notification('pyright/deleteFile', { uri: uriOf(path) });
        this.#texts.delete(path);
      }
    for (const [path, text] of Object.entries(texts)) {
      this.#create(path);
      if (this.#texts.get(path) === text) continue;
      this.#texts.set(path, text);
      if (!isShown(path))
        files.setText(uriOf(path), Text.of(text.split(/\r\n?|\n/)));
    }
  }

  stop() {
    this.#client.disconnect();
    this.#stop();
  }

  /** Imports find only files of which the server knows. */
  #create(path: string) {
    if (this.#texts.has(path)) return;
    this.#client.notification('pyright/createFile', { uri: uriOf(path) });
    this.#texts.set(path, '');
  }
}

/** @see https://docs.basedpyright.com/latest/configuration/config-files/ */
function settings(libraries?: LibraryTypes): string {
  return JSON.stringify({
    pythonVersion: libraries?.python,
    // The server reports a folder that does not exist.
    stubPath: libraries && types,
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
function problemOf(
  { code: rule, message, range, severity = 1 }: Diagnostic,
  view: EditorView,
): LineProblem[] {
  const plugin = LSPPlugin.get(view);
  // Hints and information are about style.
  if (!plugin || severity > 2) return [];
  // There may be changes that the server does not know.
  const positionOf = (place: Diagnostic['range']['start']) =>
    plugin.unsyncedChanges.mapPos(plugin.fromPosition(place, plugin.syncedDoc));
  const from = positionOf(range.start);
  const line = view.state.doc.lineAt(from);
  const to = Math.min(positionOf(range.end), line.to);
  return [
    {
      line: line.number,
      from: from - line.from,
      to: to - line.from,
      message,
      severity: rule === undefined ? 'error' : 'warning',
    },
  ];
}
