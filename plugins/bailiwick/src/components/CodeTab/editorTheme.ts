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
  divider,
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
        '.cm-tooltip': {
          backgroundColor: background.paper,
          border: `1px solid ${divider}`,
          borderRadius: '4px',
          boxShadow: '0 4px 12px rgba(0, 0, 0, 0.2)',
          fontSize: '13px',
          maxWidth: 'min(560px, 90vw)',
          // Tooltips of one place share its frame.
          '& .cm-tooltip-section': { border: 'none' },
        },
        '.cm-lsp-documentation, .cm-completionInfo': {
          maxHeight: '240px',
          overflow: 'auto',
          padding: '6px 10px',
        },
        '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 6px' },
        '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
          backgroundColor: action.selected,
          color: text.primary,
        },
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
