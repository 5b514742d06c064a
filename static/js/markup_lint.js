// What is wrong in the text, underlined: keys that nothing stands for and marks that are none at once, the rest as the
// desk last checked it.

import { Decoration, EditorView, StateEffect, StateField, syntaxTree, ViewPlugin } from "../vendor/codemirror/codemirror.js";
import { say } from "./editor_words.js";
import { keysOf, whenKeysChange } from "./form_keys.js";
import { keyOf } from "./markup_language.js";

const SAID_AT_ONCE = ["undefined_reference", "undefined_note", "undefined_figure"];
const keysChanged = StateEffect.define();
const problemsFound = StateEffect.define();
const undefinedKey = Decoration.mark({ class: "problem problem-error problem-undefined" });

// The problems that the desk found, kept at their places while the text changes.
const checked = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    marks = marks.map(transaction.changes);
    for (const effect of transaction.effects) if (effect.is(problemsFound)) marks = Decoration.set(effect.value, true);
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

// Keys that nothing stands for, in the part of the text that is in sight.
const undefinedKeys = ViewPlugin.fromClass(class {
  constructor(view) {
    this.tell = () => view.dispatch({ effects: keysChanged.of(null) });
    this.stop = whenKeysChange(this.tell);
    this.decorations = this.find(view);
  }

  update(update) {
    const asked = update.transactions.some((one) => one.effects.some((effect) => effect.is(keysChanged)));
    if (asked || update.docChanged || update.viewportChanged || syntaxTree(update.startState) !== syntaxTree(update.state)) {
      this.decorations = this.find(update.view);
    }
  }

  find(view) {
    const marks = [];
    for (const { from, to } of view.visibleRanges) {
      syntaxTree(view.state).iterate({ from, to, enter: ({ node }) => {
        if (isBroken(node) || isUndefined(view.state, node)) marks.push(undefinedKey.range(node.from, node.to));
      } });
    }
    return Decoration.set(marks, true);
  }

  destroy() {
    this.stop();
  }
}, { decorations: (plugin) => plugin.decorations });

// Tell whether `node` is a key that nothing in this article stands for. Titles are the desk's to check.
export function isUndefined(state, node) {
  const key = keyOf(node);
  return Boolean(key && key.from === node.from && key.to === node.to && key.list !== "articles"
    && !keysOf(key.list).has(state.sliceDoc(key.from, key.to)));
}

function isBroken(node) {
  return node.name === "BrokenMark";
}

export const markupLint = [checked, undefinedKeys];

// Return what there is to say about the place `position`: of a mark that is none, and what the desk found.
export function messagesAt(state, position) {
  const nodes = [-1, 1].map((side) => syntaxTree(state).resolveInner(position, side));
  const messages = nodes.some(isBroken) ? [say("broken_mark")] : [];
  state.field(checked, false)?.between(position, position, (_from, _to, mark) => { messages.push(mark.spec.message); });
  return messages;
}

// Underline in `view` the `problems` of its field, as the desk's check gives them.
export function showProblems(view, problems) {
  const { state } = view;
  if (!state.field(checked, false)) return;
  const lines = state.doc.toString().split("\n");
  const marks = [];
  for (const { kind, level, message, line, column } of problems) {
    if (!line || SAID_AT_ONCE.includes(kind)) continue;
    const { from, to } = placeOf(state, offsetOf(lines, line, column));
    const name = `problem problem-${level === "error" ? "error" : "warning"}`;
    if (to > from) marks.push(Decoration.mark({ class: name, message }).range(from, to));
  }
  view.dispatch({ effects: problemsFound.of(marks) });
}

// Return the offset of a place given by line and column, both from 1, columns in characters; `lines` are the text's.
export function offsetOf(lines, line, column) {
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const before = lines.slice(0, index).reduce((length, one) => length + one.length + 1, 0);
  return before + [...lines[index]].slice(0, (column || 1) - 1).join("").length;
}

// Return the mark that stands at `offset`, or the word.
function placeOf(state, offset) {
  for (const side of [1, -1]) {
    const key = keyOf(syntaxTree(state).resolveInner(offset, side));
    if (key) return key.whole;
  }
  const line = state.doc.lineAt(offset);
  const word = /^(?:[\p{L}\p{N}\p{M}’'-]+|\S+)?/u.exec(line.text.slice(offset - line.from))[0];
  return { from: offset, to: offset + word.length };
}
