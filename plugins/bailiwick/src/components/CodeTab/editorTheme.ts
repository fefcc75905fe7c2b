import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { tags } from '@lezer/highlight';
import type { Theme } from '@material-ui/core';
import { EditorView } from '@uiw/react-codemirror';

/** Colors of code in both themes, with the contrast of text (WCAG 2.2, 1.4.3). */
const syntax = {
  light: {
    comment: '#57606a',
    keyword: '#7a1fa2',
    text: '#0b6b3a',
    value: '#9a4a00',
  },
  dark: {
    comment: '#a0a8b4',
    keyword: '#d7a6f5',
    text: '#8fd6a8',
    value: '#f2b77c',
  },
};

/** Returns the look of an editor that fits the portal's theme. */
export function editorTheme({
  action,
  background,
  text,
  type,
}: Theme['palette']) {
  const colors = syntax[type];
  return [
    EditorView.theme(
      {
        '&': {
          backgroundColor: background.paper,
          color: text.primary,
          fontSize: '13px',
        },
        '&.cm-focused': { outline: 'none' },
        '.cm-content': { caretColor: text.primary },
        '.cm-cursor': { borderLeftColor: text.primary },
        '.cm-gutters': {
          backgroundColor: background.paper,
          border: 'none',
          color: text.secondary,
        },
        '.cm-activeLine, .cm-activeLineGutter': {
          backgroundColor: action.hover,
        },
        // Colors alone would not tell it from added text.
        '.cm-deletedChunk': { textDecoration: 'line-through' },
        '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
          { backgroundColor: action.selected },
      },
      { dark: type === 'dark' },
    ),
    syntaxHighlighting(
      HighlightStyle.define([
        { tag: tags.comment, color: colors.comment },
        { tag: [tags.keyword, tags.operatorKeyword], color: colors.keyword },
        { tag: [tags.string, tags.special(tags.string)], color: colors.text },
        {
          tag: [tags.number, tags.bool, tags.null, tags.atom],
          color: colors.value,
        },
        { tag: tags.meta, color: colors.keyword },
      ]),
    ),
  ];
}
