import type {
  AppView,
  FileTree,
  ReleaseView,
} from '@bailiwick/backstage-plugin-bailiwick-common/client';
import {
  formatCommit,
  mainBranch,
} from '@bailiwick/backstage-plugin-bailiwick-common/rules';
import {
  formatRelease,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import {
  makeStyles,
  Typography,
  useMediaQuery,
  type Theme,
} from '@material-ui/core';
import Alert from '@material-ui/lab/Alert';
import { useEffect, useState } from 'react';
import { SelectField } from '../SelectField';
import { TabCard } from '../TabCard';
import { BranchBar } from './BranchBar';
import { CommitForm } from './CommitForm';
import { FileEditor } from './FileEditor';
import { FileList } from './FileList';
import { isPython, useLanguageServer } from './useLanguageServer';
import { NewerCommit } from './NewerCommit';
import { NewFile } from './NewFile';
import { statesOf, type FileWord } from './fileStates';
import { TryPanel } from './TryPanel';
import { useComparison } from './useComparison';
import { useEdits, type Edits } from './useEdits';
import { usePin } from './usePin';
import { useTry } from './useTry';

const useStyles = makeStyles(theme => ({
  columns: {
    display: 'grid',
    gap: theme.spacing(3),
    gridTemplateColumns: 'minmax(0, 1fr)',
    [theme.breakpoints.up('sm')]: {
      gridTemplateColumns: '220px minmax(0, 1fr)',
    },
  },
}));

/** Values of the newest commits in the list of releases, whose names have no spaces. */
const [newest, newestOfMain] = ['newest commit', 'newest commit of main'];

/** The files of the newest commit of a branch, an editor, and the changes that are not committed yet. */
export function WorkingTree({
  app,
  branch,
  hasFocus,
  onOpen,
  person,
  releases,
  reload,
  tree,
}: {
  app: AppView;
  branch: string;
  /** Whether the list of branches gets the keyboard focus, because the person came from another branch. */
  hasFocus: boolean;
  /** Opens another branch. */
  onOpen: (branch: string) => void;
  /** Reference of the signed-in person. */
  person: string;
  /** Newest first. */
  releases: ReleaseView[];
  /** Loads the newest commit. */
  reload: () => void;
  tree: FileTree;
}) {
  const classes = useStyles();
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('xs'));
  const { change, edits, isKept, replace } = useEdits(
    app,
    person,
    tree.commit,
    branch,
  );
  const discard = () => replace({ base: tree.commit, files: {} });
  // A commit of this page whose files are not loaded yet, or one to another branch.
  const [landed, setLanded] = useState<Edits & { before?: string }>();
  const [isCommitting, setCommitting] = useState(false);
  useEffect(() => {
    if (!landed || tree.commit === landed.before) return;
    // Changes since then belong to the next commit.
    const left = Object.entries(edits.files).filter(
      ([path, content]) =>
        !Object.hasOwn(landed.files, path) || landed.files[path] !== content,
    );
    replace({ base: landed.base, files: Object.fromEntries(left) });
    setLanded(undefined);
  }, [edits, landed, replace, tree.commit]);
  const isBusy = isCommitting || landed !== undefined;
  const [rejected, setRejected] = useState<Edits>();
  const tries = useTry(app, edits, branch);
  const states = statesOf(tree, edits);
  const [chosen, choose] = useState('');
  const pinning = usePin(
    tries.attempt,
    edits,
    file => states.has(file),
    isBusy
      ? undefined
      : (file, content) => {
          change(file, content);
          choose(file);
        },
  );
  const [compared, compareWith] = useState('');
  const main =
    branch === mainBranch
      ? undefined
      : tree.branches?.find(({ name }) => name === mainBranch)?.commit;
  const comparable = [
    {
      value: newest,
      commit: tree.commit,
      label: `Newest commit (${formatCommit(tree.commit)})`,
    },
    ...(main
      ? [
          {
            value: newestOfMain,
            commit: main,
            label: `main (${main.slice(0, 7)})`,
          },
        ]
      : []),
    ...releases.map(({ commit, name }) => ({
      value: name,
      commit,
      label: `${formatRelease(name)} (${formatCommit(commit)})`,
    })),
  ];
  const comparedTo = comparable.find(({ value }) => value === compared)?.commit;
  const { comparison, problem } = useComparison(app, tree, comparedTo);
  const words = new Map<string, FileWord | undefined>(
    [...states].map(([one, state]) => [
      one,
      state ?? (comparison?.differing.has(one) ? 'differs' : undefined),
    ]),
  );
  const path = states.has(chosen) ? chosen : firstOf([...states.keys()]);
  const language = useLanguageServer(
    app,
    tree,
    edits,
    app.canBuild && isPython(path),
  );
  return (
    <TabCard
      title="Code"
      subheader={`Newest commit of ${branch}: ${formatCommit(tree.commit)}`}
    >
      <Stack>
        <BranchBar
          branch={branch}
          hasFocus={hasFocus}
          isBlocked={!isKept && Object.keys(edits.files).length > 0}
          onOpen={onOpen}
          tree={tree}
        />
        <NewerCommit
          app={app}
          edits={edits}
          hasFocus={rejected === edits}
          onChange={replace}
          onCompare={changed => {
            choose(changed);
            compareWith(newest);
          }}
          tree={tree}
        />
        <div className={classes.columns}>
          <Stack>
            {isNarrow ? (
              <SelectField
                label="File"
                value={path}
                options={[...words].map(([value, word]) => ({
                  value,
                  label: word ? `${value} (${word})` : value,
                }))}
                onChange={choose}
              />
            ) : (
              <FileList chosen={path} onChoose={choose} words={words} />
            )}
            {comparison && comparison.removed.length > 0 && (
              <Typography variant="body2" color="textSecondary">
                Deleted since then: {comparison.removed.join(', ')}
              </Typography>
            )}
            {app.canBuild && !isBusy && (
              <NewFile
                taken={states}
                onCreate={created => {
                  change(created, '');
                  choose(created);
                }}
              />
            )}
          </Stack>
          {path && (
            <Stack>
              <div>
                <SelectField
                  label="Compare with"
                  value={comparedTo ? compared : ''}
                  options={[{ value: '', label: 'Nothing' }, ...comparable]}
                  onChange={compareWith}
                />
              </div>
              {problem && <Alert severity="warning">{problem}</Alert>}
              <FileEditor
                // Neither text nor undo history of one version of a file belongs to another.
                key={`${
                  tree.files.find(one => one.path === path)?.hash
                } ${path}`}
                app={app}
                commit={tree.commit}
                comparison={comparison}
                edited={ownValue(edits.files, path)}
                isReadOnly={!app.canBuild || isBusy}
                language={language}
                onChange={content => change(path, content)}
                onTry={tries.run}
                path={path}
                problemsOf={tries.problems}
                state={states.get(path)}
              />
            </Stack>
          )}
        </div>
        {app.canBuild && <TryPanel of={tries} pinning={pinning} />}
        {app.canBuild && (
          <CommitForm
            app={app}
            branch={branch}
            edits={edits}
            isBusy={isBusy}
            isKept={isKept}
            onBusy={setCommitting}
            onCommitted={(commit, files, isHere) => {
              setLanded(
                isHere
                  ? { base: commit, before: tree.commit, files }
                  : { base: tree.commit, files },
              );
              reload();
            }}
            onDiscard={discard}
            onOpen={onOpen}
            onOutdated={() => {
              setRejected(edits);
              reload();
            }}
            states={states}
            tree={tree}
          />
        )}
      </Stack>
    </TabCard>
  );
}

function ownValue(files: Edits['files'], path: string) {
  return Object.hasOwn(files, path) ? files[path] : undefined;
}

/** The file that people look for first: Python code on the first level. */
function firstOf(paths: string[]): string {
  const code = paths.find(path => /^[^/]+\.py$/.test(path));
  return code ?? paths[0] ?? '';
}
