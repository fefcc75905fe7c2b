import { python } from '@codemirror/lang-python';
import { StreamLanguage } from '@codemirror/language';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { Chunk, unifiedMergeView } from '@codemirror/merge';
import { Text, type Extension } from '@codemirror/state';
import { formatCount } from '@bailiwick/backstage-plugin-bailiwick-react';
import { makeStyles, Typography, useTheme } from '@material-ui/core';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useId, useMemo } from 'react';
import { editorTheme } from './editorTheme';

const languages: Record<string, () => Extension> = {
  json: () => StreamLanguage.define(json),
  // Also completes the names of the file and of Python.
  py: python,
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
  onChange,
  original,
  path,
  value,
}: {
  isReadOnly: boolean;
  onChange: (value: string) => void;
  /** Text to show the differences from; it must not change. */
  original?: string;
  path: string;
  value: string;
}) {
  const classes = useStyles();
  const { palette } = useTheme();
  const helpId = useId();
  const extensions = useMemo(() => {
    const suffix = path.split('.').pop() ?? '';
    const language = Object.hasOwn(languages, suffix)
      ? languages[suffix]()
      : EditorView.lineWrapping;
    return [
      ...editorTheme(palette),
      language,
      ...(original === undefined
        ? []
        : unifiedMergeView({
            original,
            mergeControls: false,
            collapseUnchanged: { margin: 3, minSize: 6 },
          })),
      EditorView.contentAttributes.of({
        'aria-label': path,
        // Keyboards scroll from here.
        tabindex: '0',
        ...(!isReadOnly && { 'aria-describedby': helpId }),
      }),
    ];
  }, [helpId, isReadOnly, original, palette, path]);
  const differences = useMemo(
    () =>
      original === undefined
        ? undefined
        : Chunk.build(textOf(original), textOf(value)).length,
    [original, value],
  );
  return (
    <>
      <div className={classes.root}>
        <CodeMirror
          basicSetup={{ highlightActiveLine: !isReadOnly }}
          extensions={extensions}
          height="440px"
          onChange={onChange}
          readOnly={isReadOnly}
          theme="none"
          value={value}
        />
      </div>
      {differences !== undefined && (
        <Typography variant="caption" color="textSecondary" role="status">
          {differences === 0
            ? 'No differences'
            : formatCount(differences, 'difference')}
        </Typography>
      )}
      {!isReadOnly && (
        <Typography id={helpId} variant="caption" color="textSecondary">
          Tab indents. To leave the editor with the keyboard, press Escape, then
          Tab.
        </Typography>
      )}
    </>
  );
}

function textOf(content: string): Text {
  return Text.of(content.split('\n'));
}
