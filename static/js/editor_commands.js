// What toolbar and keys do to the text of an editor.

import { closeCompletion, EditorSelection, startCompletion } from "../vendor/codemirror/codemirror.js";

// Put `sign` on both sides of what is selected, or take it away.
function around(sign) {
  return (view) => {
    const { state } = view;
    view.dispatch(state.update(state.changeByRange(({ from, to }) => {
      const outside = state.sliceDoc(from - sign.length, from) === sign && state.sliceDoc(to, to + sign.length) === sign;
      // ** is no pair of *.
      const doubled = sign === "*" && state.sliceDoc(from - 2, from) === "**" && state.sliceDoc(from - 3, from) !== "***";
      if (outside && !doubled) {
        return {
          changes: [{ from: from - sign.length, to: from }, { from: to, to: to + sign.length }],
          range: EditorSelection.range(from - sign.length, to - sign.length),
        };
      }
      return {
        changes: [{ from, insert: sign }, { from: to, insert: sign }],
        range: EditorSelection.range(from + sign.length, to + sign.length),
      };
    }), { userEvent: "input", scrollIntoView: true }));
    view.focus();
    return true;
  };
}

// Put `sign` before every line that is selected, or take it away where all have it.
function before(sign, pattern) {
  return (view) => {
    const { state } = view;
    const { from, to } = state.selection.main;
    const lines = [];
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      if (line.text || line.from === from) lines.push(line);
      at = line.to + 1;
    }
    const all = lines.every((line) => pattern.test(line.text));
    const changes = lines.map((line) => {
      const length = pattern.exec(line.text)?.[0].length ?? 0;
      return { from: line.from, to: line.from + length, insert: all ? "" : sign };
    });
    view.dispatch({ changes, userEvent: "input", scrollIntoView: true });
    view.focus();
    return true;
  };
}

let opened = null;

// Open a mark in the place of what is selected and offer what it can stand for. `words` keeps what was selected.
function open(start, end, words = false) {
  return (view) => {
    const { state } = view;
    const { from, to } = state.selection.main;
    const begin = words ? from : to;
    const before = state.sliceDoc(begin, to);
    const selected = before.trim();
    view.dispatch({
      changes: { from: begin, to, insert: start + selected + end },
      selection: { anchor: begin + start.length + selected.length },
      userEvent: "input.type",
      scrollIntoView: true,
    });
    view.focus();
    // What was put there, until something else is typed: a text that did not change is the same object.
    opened = selected ? null : { doc: view.state.doc, from: begin, to: begin + start.length + end.length, before };
    startCompletion(view);
    return true;
  };
}

// Take an empty mark away again while the cursor is in it, and bring back the white space that stood in its place.
export function breakOff(view) {
  const { doc, selection } = view.state;
  const mark = opened;
  opened = null;
  if (mark?.doc !== doc || selection.main.from <= mark.from || selection.main.to >= mark.to) return false;
  view.dispatch({
    changes: { from: mark.from, to: mark.to, insert: mark.before },
    selection: { anchor: mark.from, head: mark.from + mark.before.length },
    userEvent: "delete",
  });
  closeCompletion(view);
  return true;
}

export const bold = around("**");
export const italic = around("*");
export const heading = before("## ", /^#{1,6} /);
export const list = before("- ", /^[-*+] /);
export const quote = before("> ", /^> ?/);
export const link = open("[[", "]]", true);
export const note = open("[^", "]");

// Open the picker of citations; where nobody picks, the article's own references are offered.
export function cite(view) {
  const asked = new CustomEvent("desk:pick", { detail: {}, cancelable: true });
  return document.dispatchEvent(asked) ? open("[@", "]")(view) : true;
}

export function figure(view) {
  const { state } = view;
  const line = state.doc.lineAt(state.selection.main.to);
  const start = line.text.trim() ? "\n\n![[" : "![[";
  view.dispatch({ selection: { anchor: line.to } });
  return open(start, "]]")(view);
}
