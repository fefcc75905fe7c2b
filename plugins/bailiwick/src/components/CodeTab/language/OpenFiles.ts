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
  view: EditorView | undefined;

  constructor(uri: string, languageId: string, view: EditorView) {
    this.uri = uri;
    this.languageId = languageId;
    this.doc = view.state.doc;
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
    const file = new OpenFile(uri, languageId, view);
    const before = this.files.findIndex(one => one.uri === uri);
    if (before === -1) this.files.push(file);
    else {
      file.version = this.files[before].version + 1;
      this.files[before] = file;
      this.client.didClose(uri);
    }
    this.client.didOpen(file);
  }

  closeFile(uri: string, view: EditorView) {
    const file = this.files.find(one => one.uri === uri && one.view === view);
    if (file) file.view = undefined;
  }
}
