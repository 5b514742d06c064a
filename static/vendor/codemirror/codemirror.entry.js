// What the desk takes from CodeMirror; README.md tells how the bundle is made.
export { autocompletion, closeCompletion, completionKeymap, completionStatus, startCompletion } from "@codemirror/autocomplete";
export { history, historyKeymap, isolateHistory, redo, standardKeymap, undo } from "@codemirror/commands";
export { commonmarkLanguage, deleteMarkupBackward, insertNewlineContinueMarkup } from "@codemirror/lang-markdown";
export { ensureSyntaxTree, HighlightStyle, Language, LanguageSupport, syntaxHighlighting, syntaxTree } from "@codemirror/language";
export { closeSearchPanel, openSearchPanel, search, searchKeymap } from "@codemirror/search";
export { Annotation, Compartment, EditorSelection, EditorState, Prec, StateEffect, StateField, Transaction } from "@codemirror/state";
export { closeHoverTooltips, Decoration, EditorView, hoverTooltip, keymap, showTooltip, ViewPlugin } from "@codemirror/view";
export { styleTags, Tag, tags } from "@lezer/highlight";
export { Table } from "@lezer/markdown";
