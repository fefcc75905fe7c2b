import type { Build } from '../kinds';
import type {
  CommitChanges,
  CommitView,
  CreatedCommit,
  FileContent,
  FileTree,
  LibraryTypes,
  NewCommit,
  NewTry,
  TryView,
} from './codeViews';
import type { RepositoryView } from './views';
import { JsonClient, type CallOptions } from './JsonClient';
import type {
  NewWorkspace,
  WorkspaceAddress,
  WorkspaceOptions,
} from './workspaceViews';
import { pathOf } from './pathOf';

/** The part of {@link BailiwickClient} about the code of apps. @public */
export class CodeClient extends JsonClient {
  /** Lists the newest commits of an app's repository, newest first. */
  listCommits = (tenant: string, app: string, options?: CallOptions) =>
    this.json<CommitView[]>('GET', `${pathOf(tenant, app)}/commits`, options);

  /** Returns the repository of an app. */
  getRepository = (tenant: string, app: string, options?: CallOptions) =>
    this.json<RepositoryView>(
      'GET',
      `${pathOf(tenant, app)}/repository`,
      options,
    );

  /** Deploys pushes to another git host with the person's rights from now on. */
  deployPushes = (tenant: string, app: string, options?: CallOptions) =>
    this.json<RepositoryView>(
      'POST',
      `${pathOf(tenant, app)}/repository/deployer`,
      options,
    );

  /** Lists the files of a commit of an app's repository, by default the newest one of `main`. */
  listFiles = (
    tenant: string,
    app: string,
    at: { commit: string } | { branch: string } | undefined = undefined,
    options?: CallOptions,
  ) =>
    this.json<FileTree>(
      'GET',
      `${pathOf(tenant, app)}/files${at ? `?${new URLSearchParams(at)}` : ''}`,
      options,
    );

  /** Returns a file of a commit. */
  readFile = (
    tenant: string,
    app: string,
    file: { commit: string; path: string },
    options?: CallOptions,
  ) =>
    this.json<FileContent>(
      'GET',
      `${pathOf(tenant, app)}/file?${new URLSearchParams(file)}`,
      options,
    );

  /** Loads changed code in a pod of a draft, and calls a function of it; no commit is made. */
  tryCode = (
    tenant: string,
    app: string,
    attempt: NewTry,
    options?: CallOptions,
  ) =>
    this.json<TryView>(
      'POST',
      `${pathOf(tenant, app)}/tries`,
      options,
      attempt,
    );

  /** Returns the types of the libraries in the runtime of a draft. */
  libraryTypes = (tenant: string, app: string, options?: CallOptions) =>
    this.json<LibraryTypes>('GET', `${pathOf(tenant, app)}/types`, options);

  /** Returns the address of the worker with the language server for Python. */
  languageServer = () => this.address('/language-server.js');

  /** Commits changes of files, and publishes the commit. */
  commitFiles = (
    tenant: string,
    app: string,
    commit: NewCommit,
    options?: CallOptions,
  ) =>
    this.json<CreatedCommit>(
      'POST',
      `${pathOf(tenant, app)}/commits`,
      options,
      commit,
    );

  /** Returns a build of the packages of an app, with its log. */
  getBuild = (
    tenant: string,
    app: string,
    build: string,
    options?: CallOptions,
  ) =>
    this.json<Build>('GET', `${pathOf(tenant, app)}/builds/${build}`, options);

  /** Builds the packages of an app again, which can result in newer versions. */
  repeatBuild = (
    tenant: string,
    app: string,
    build: string,
    options?: CallOptions,
  ) =>
    this.json<object>(
      'POST',
      `${pathOf(tenant, app)}/builds/${build}/repetition`,
      options,
    );

  /** Cancels a build that has not ended. */
  cancelBuild = (
    tenant: string,
    app: string,
    build: string,
    options?: CallOptions,
  ) =>
    this.json<object>(
      'POST',
      `${pathOf(tenant, app)}/builds/${build}/cancellation`,
      options,
    );

  /** Returns what the person can choose for a new workspace of an app. */
  getWorkspaceOptions = (tenant: string, app: string, options?: CallOptions) =>
    this.json<WorkspaceOptions>(
      'GET',
      `${pathOf(tenant, app)}/workspaces`,
      options,
    );

  /** Creates the person's workspace of an app, and starts it. */
  createWorkspace = (
    tenant: string,
    app: string,
    workspace: NewWorkspace,
    options?: CallOptions,
  ) =>
    this.json<object>(
      'POST',
      `${pathOf(tenant, app)}/workspaces`,
      options,
      workspace,
    );

  /** Starts or stops a workspace; only its owner can start it. */
  switchWorkspace = (
    tenant: string,
    app: string,
    workspace: string,
    action: 'start' | 'stop',
    options?: CallOptions,
  ) =>
    this.json<object>(
      'POST',
      `${pathOf(tenant, app)}/workspaces/${workspace}/${action}`,
      options,
    );

  /** Returns the address of the person's own workspace, which must be running. */
  openWorkspace = (
    tenant: string,
    app: string,
    workspace: string,
    options?: CallOptions,
  ) =>
    this.json<WorkspaceAddress>(
      'POST',
      `${pathOf(tenant, app)}/workspaces/${workspace}/session`,
      options,
    );

  /** Deletes a workspace with its files. */
  deleteWorkspace = (
    tenant: string,
    app: string,
    workspace: string,
    options?: CallOptions,
  ) =>
    this.json<void>(
      'DELETE',
      `${pathOf(tenant, app)}/workspaces/${workspace}`,
      options,
    );

  /** Returns the difference between two commits. */
  compareCommits = (
    tenant: string,
    app: string,
    from: string,
    to: string,
    options?: CallOptions,
  ) =>
    this.json<CommitChanges>(
      'GET',
      `${pathOf(tenant, app)}/changes?from=${from}&to=${to}`,
      options,
    );
}
