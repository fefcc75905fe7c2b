import {
  LSPPlugin,
  Workspace,
  type WorkspaceFile,
} from '@codemirror/lsp-client';
import type { Text } from '@codemirror/state';
import type { EditorView } from '@uiw/react-codemirror';

class OpenFile implements WorkspaceFile {
  doc: Text;
  readonly languageId: string;
  readonly uri: string;
  version = 0;
  readonly view: EditorView | undefined;

  constructor(uri: string, languageId: string, doc: Text, view?: EditorView) {
    this.uri = uri;
    this.languageId = languageId;
    this.doc = doc;
    this.view = view;
  }

  getView(): EditorView | null {
    return this.view ?? null;
  }
}

/** Files of a language server. They stay open when their editor closes, because other files use their changes. */
export class OpenFiles extends Workspace {
  files: OpenFile[] = [];

  syncFiles() {
    return this.files.flatMap(file => {
      const plugin = file.view && LSPPlugin.get(file.view);
      if (!plugin || plugin.unsyncedChanges.empty) return [];
      const update = {
        file,
        prevDoc: file.doc,
        changes: plugin.unsyncedChanges,
      };
      file.doc = plugin.view.state.doc;
      file.version += 1;
      plugin.clear();
      return [update];
    });
  }

  openFile(uri: string, languageId: string, view: EditorView) {
    this.#open(new OpenFile(uri, languageId, view.state.doc, view));
  }

  closeFile(uri: string, view: EditorView) {
    const file = this.files.find(one => one.uri === uri && one.view === view);
    // Changes may be so new that they were not sent.
    if (file) this.setText(uri, view.state.doc);
  }

  /** Sets the text of a file without an editor. */
  setText(uri: string, text: Text) {
    this.#open(new OpenFile(uri, 'python', text));
  }

  /** Closes a file that is deleted. */
  remove(uri: string) {
    if (!this.getFile(uri)) return;
    this.files = this.files.filter(file => file.uri !== uri);
    this.client.didClose(uri);
  }

  #open(file: OpenFile) {
    const before = this.files.findIndex(({ uri }) => uri === file.uri);
    if (before === -1) this.files.push(file);
    else {
      file.version = this.files[before].version + 1;
      this.files[before] = file;
      this.client.didClose(file.uri);
    }
    this.client.didOpen(file);
  }
}
