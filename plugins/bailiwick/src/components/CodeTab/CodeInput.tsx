import { python } from '@codemirror/lang-python';
import { indentUnit, StreamLanguage } from '@codemirror/language';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import {
  forEachDiagnostic,
  linter,
  lintGutter,
  setDiagnostics,
  type Diagnostic,
} from '@codemirror/lint';
import { getChunks, goToNextChunk, unifiedMergeView } from '@codemirror/merge';
import { Prec, type EditorState, type Extension } from '@codemirror/state';
import {
  formatCount,
  Stack,
} from '@bailiwick/backstage-plugin-bailiwick-react';
import { Button, makeStyles, Typography, useTheme } from '@material-ui/core';
import CodeMirror, { EditorView, keymap } from '@uiw/react-codemirror';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { editorTheme } from './editorTheme';
import type { LineProblem } from './language/LineProblem';

const languages: Record<string, () => Extension> = {
  Dockerfile: () => [StreamLanguage.define(dockerFile), indentUnit.of('    ')],
  json: () => StreamLanguage.define(json),
  // Also completes the names of the file and of Python.
  py: () => [python(), indentUnit.of('    ')],
  toml: () => StreamLanguage.define(toml),
  yaml: () => StreamLanguage.define(yaml),
  yml: () => StreamLanguage.define(yaml),
};

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
    '&:focus-within': { borderColor: theme.palette.primary.main },
  },
}));

/** A text field for code, with the syntax of the file's language, and differences from another text on request. */
export function CodeInput({
  isReadOnly,
  isStarting,
  language,
  limitation,
  onChange,
  onRetry,
  onTry,
  original,
  path,
  problems,
  typeProblems,
  value,
}: {
  isReadOnly: boolean;
  /** Whether completions are not available yet. */
  isStarting: boolean;
  /** Connection to a language server. */
  language?: Extension;
  /** Why code is completed and checked less than usual. */
  limitation?: string;
  onChange: (value: string) => void;
  /** Called to end the limitation. */
  onRetry: () => void;
  /** Called on Ctrl+Enter, or ⌘Enter. */
  onTry: () => void;
  /** Text to show the differences from. */
  original?: string;
  path: string;
  /** Problems of the text, which are marked until it changes. */
  problems: readonly LineProblem[];
  /** Problems that the language server found; marks move with the text. */
  typeProblems: readonly LineProblem[];
  value: string;
}) {
  const classes = useStyles();
  const { palette } = useTheme();
  const helpId = useId();
  const [view, setView] = useState<EditorView>();
  const [differences, setDifferences] = useState<number>();
  const tryKey = useTryKey(onTry);
  const extensions = useMemo(() => {
    const suffix = path.split(/[./]/).pop() ?? '';
    const syntax = Object.hasOwn(languages, suffix)
      ? languages[suffix]()
      : EditorView.lineWrapping;
    return [
      ...editorTheme(palette),
      syntax,
      ...(language ? [language] : []),
      // Without it, the marks would not survive the next rendering.
      linter(null),
      lintGutter(),
      ...(isReadOnly ? [] : [tryKey]),
      ...(original === undefined
        ? []
        : [
            unifiedMergeView({ original, mergeControls: false }),
            EditorView.updateListener.of(({ state }) =>
              setDifferences(countChunks(state)),
            ),
          ]),
      EditorView.contentAttributes.of({
        'aria-label': path,
        // Keyboards scroll from here.
        tabindex: '0',
        ...(!isReadOnly && { 'aria-describedby': helpId }),
      }),
    ];
  }, [helpId, isReadOnly, language, original, palette, path, tryKey]);
  useMarks(view, 'cm-tried', problems);
  useMarks(view, 'cm-typed', typeProblems);
  return (
    <>
      <div className={classes.root}>
        <CodeMirror
          basicSetup={{ highlightActiveLine: !isReadOnly }}
          extensions={extensions}
          height="440px"
          onChange={onChange}
          onCreateEditor={(created, state) => {
            setView(created);
            setDifferences(countChunks(state));
          }}
          readOnly={isReadOnly}
          theme="none"
          value={value}
        />
      </div>
      {original !== undefined && (
        <Stack direction="row" spacing={1}>
          <Typography variant="caption" color="textSecondary" role="status">
            {differences
              ? formatCount(differences, 'difference')
              : 'No differences'}
          </Typography>
          {view && differences ? (
            <Button
              size="small"
              onClick={() => {
                goToNextChunk(view);
                view.focus();
              }}
            >
              Next difference
            </Button>
          ) : null}
        </Stack>
      )}
      {!isReadOnly && (
        <Typography id={helpId} variant="caption" color="textSecondary">
          Tab indents. To leave the editor with the keyboard, press Escape, then
          Tab. Ctrl+Enter or ⌘Enter tries the code
          {language && ', and F8 goes to the next problem'}.
          {isStarting && ' Starting completions…'}
        </Typography>
      )}
      {limitation && (
        <Stack direction="row" spacing={1}>
          <Typography variant="caption" color="textSecondary" role="status">
            {limitation}
          </Typography>
          <Button size="small" onClick={onRetry}>
            Try again
          </Button>
        </Stack>
      )}
    </>
  );
}

/** Ctrl+Enter, or ⌘Enter; the same extension while the action changes. */
function useTryKey(onTry: () => void): Extension {
  const current = useRef(onTry);
  useEffect(() => {
    current.current = onTry;
  }, [onTry]);
  return useMemo(() => {
    const run = () => {
      current.current();
      return true;
    };
    return Prec.highest(keymap.of([{ key: 'Mod-Enter', run }]));
  }, []);
}

/**
 * Marks problems in the text, and keeps other marks where they have moved.
 *
 * @param markClass - tells marks of one source from those of others
 */
function useMarks(
  view: EditorView | undefined,
  markClass: string,
  problems: readonly LineProblem[],
) {
  useEffect(() => {
    if (!view) return;
    const marks: Diagnostic[] = marksOf(view, problems, markClass);
    let had = 0;
    forEachDiagnostic(view.state, (mark, from, to) => {
      if (mark.markClass === markClass) had += 1;
      else marks.push({ ...mark, from, to });
    });
    // Setting marks closes their tooltips.
    if (had + problems.length > 0)
      view.dispatch(setDiagnostics(view.state, marks));
  }, [markClass, problems, view]);
}

/** Returns marks of the text of the lines with problems. */
function marksOf(
  { state }: EditorView,
  problems: readonly LineProblem[],
  markClass: string,
): Diagnostic[] {
  return problems
    .filter(({ line }) => line >= 1 && line <= state.doc.lines)
    .map(({ from, line, message, severity = 'error', to }) => {
      const whole = state.doc.line(line);
      const indent = whole.text.length - whole.text.trimStart().length;
      const at = (character: number) =>
        Math.min(whole.from + character, whole.to);
      return {
        from: at(from ?? indent),
        to: at(to ?? whole.length),
        markClass,
        message,
        severity,
      };
    });
}

function countChunks(state: EditorState): number | undefined {
  return getChunks(state)?.chunks.length;
}
