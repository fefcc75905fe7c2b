import { StreamLanguage } from '@codemirror/language';
import { json } from '@codemirror/legacy-modes/mode/javascript';
import { python } from '@codemirror/legacy-modes/mode/python';
import { toml } from '@codemirror/legacy-modes/mode/toml';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { makeStyles, Typography, useTheme } from '@material-ui/core';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { useId, useMemo } from 'react';
import { editorTheme } from './editorTheme';

const languages: Record<string, Parameters<typeof StreamLanguage.define>[0]> = {
  json,
  py: python,
  toml,
  yaml,
  yml: yaml,
};

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
    '&:focus-within': { borderColor: theme.palette.primary.main },
  },
}));

/** A text field for code, with the syntax of the file's language. */
export function CodeInput({
  isReadOnly,
  onChange,
  path,
  value,
}: {
  isReadOnly: boolean;
  onChange: (value: string) => void;
  path: string;
  value: string;
}) {
  const classes = useStyles();
  const { palette } = useTheme();
  const helpId = useId();
  const extensions = useMemo(() => {
    const suffix = path.split('.').pop() ?? '';
    const mode = Object.hasOwn(languages, suffix)
      ? languages[suffix]
      : undefined;
    return [
      ...editorTheme(palette),
      ...(mode ? [StreamLanguage.define(mode)] : [EditorView.lineWrapping]),
      EditorView.contentAttributes.of({
        'aria-label': path,
        // Keyboards scroll from here.
        tabindex: '0',
        ...(!isReadOnly && { 'aria-describedby': helpId }),
      }),
    ];
  }, [helpId, isReadOnly, palette, path]);
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
      {!isReadOnly && (
        <Typography id={helpId} variant="caption" color="textSecondary">
          Tab indents. To leave the editor with the keyboard, press Escape, then
          Tab.
        </Typography>
      )}
    </>
  );
}
