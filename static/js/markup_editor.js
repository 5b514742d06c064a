// The editors of the article's form. The body has its own from the start; a field of a row gets one while somebody is
// in it, since there are hundreds. Everything works with the plain fields too.

import {
  completionKeymap, EditorView, history, historyKeymap, insertNewlineContinueMarkup, keymap, Prec, search, searchKeymap,
  standardKeymap,
} from "../vendor/codemirror/codemirror.js";
import * as commands from "./editor_commands.js";
import { toolbar } from "./editor_toolbar.js";
import { insertInto, MarkupField } from "./markup_field.js";
import { markupCard } from "./markup_card.js";
import { markupCompletion } from "./markup_completion.js";
import { markupLanguage } from "./markup_language.js";
import { markupLint, offsetOf, showProblems } from "./markup_lint.js";
import { watchPaste } from "./paste_source.js";

const PLAIN = "kalbajar.plain-text";
const SEARCH = ["Mod-f", "F3", "Mod-g", "Escape"];
const form = document.getElementById("article_form");
const fields = new Map();
let last = null;
let problems = [];

function isTaken(textarea) {
  return textarea?.matches?.("textarea[data-markup]") && !textarea.readOnly && !textarea.disabled
    && textarea.form === form && !textarea.name.includes("__prefix__");
}

function isPlain() {
  try {
    return localStorage.getItem(PLAIN) === "1";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function extensions(field) {
  const { kind, isOneLine } = field;
  const keys = [...historyKeymap, ...standardKeymap];
  if (kind !== "words") keys.unshift({ key: "Mod-b", run: commands.bold }, { key: "Mod-i", run: commands.italic });
  // Enter belongs to whoever listens outside; here it does nothing.
  if (isOneLine) keys.unshift({ key: "Enter", run: () => true, shift: () => true });
  if (kind === "body" || kind === "note") keys.unshift({ key: "Enter", run: insertNewlineContinueMarkup });
  if (kind === "body") keys.unshift(...searchKeymap.filter(({ key }) => SEARCH.includes(key)));
  return [
    markupLanguage(kind),
    // Before the list of suggestions, which takes the key for itself.
    Prec.highest(keymap.of([{ key: "Escape", run: commands.breakOff }])),
    markupCompletion(kind),
    Prec.high(keymap.of(completionKeymap)),
    kind === "words" ? [] : [markupLint, markupCard],
    kind === "body" ? search({ top: true }) : [],
    history(),
    keymap.of(keys),
    EditorView.domEventHandlers({ focus: () => { last = field.textarea; } }),
  ];
}

function attach(textarea) {
  if (fields.has(textarea)) return fields.get(textarea);
  const field = new MarkupField(textarea, extensions);
  fields.set(textarea, field);
  if (field.kind !== "words" && field.kind !== "links") watchPaste(field);
  showProblems(field.view, problems.filter(({ anchor }) => anchor === textarea.id));
  return field;
}

// --- The body ---

const body = form.querySelector('textarea[data-markup="body"]');
if (isTaken(body)) {
  const field = attach(body);
  const bar = toolbar(field, () => {
    const { from, to } = field.selection;
    field.isPlain = !field.isPlain;
    bar.showPlain(field.isPlain);
    field.select(from, to);
    try {
      localStorage.setItem(PLAIN, field.isPlain ? "1" : "0");
    } catch {
      // remembered for this page only
    }
  });
  body.before(bar);
  field.isPlain = isPlain();
  bar.showPlain(field.isPlain);
  last = body;
}

// --- Fields of rows ---

// Once a pointer or a key has come to rest in a field: text that is set from outside meets the plain field.
for (const type of ["pointerup", "keyup"]) {
  form.addEventListener(type, ({ target, isComposing }) => {
    if (isComposing || !isTaken(target) || document.activeElement !== target || fields.get(body)?.isPlain) return;
    if (!fields.has(target)) attach(target).view.focus();
  });
}

form.addEventListener("focusin", ({ target }) => { if (isTaken(target)) last = target; });

form.addEventListener("focusout", ({ target }) => {
  const field = [...fields.values()].find((one) => one.box.contains(target));
  if (!field || field.textarea === body) return;
  setTimeout(() => {
    const { activeElement } = document;
    if (activeElement?.closest("dialog")) return; // who picks a citation comes back
    const away = activeElement !== document.body && !field.box.contains(activeElement) && activeElement !== field.textarea;
    if (away && fields.get(field.textarea) === field && !field.box.querySelector(".paste-offer")) detach(field);
  });
});

function detach(field) {
  fields.delete(field.textarea);
  field.remove();
}

document.addEventListener("formset:removed", () => {
  for (const field of fields.values()) if (!field.textarea.isConnected) detach(field);
});

// --- Ways into a field ---

// Text typed into a field that has an editor, by whatever way somebody came there, goes where it can be seen.
form.addEventListener("keydown", ({ target }) => {
  const field = fields.get(target);
  if (field && !field.isPlain) field.select(target.selectionStart, target.selectionEnd);
});

document.addEventListener("click", (event) => {
  const label = event.target.closest?.("label[for]");
  const anchor = event.target.closest?.('a[href^="#"]')?.hash.slice(1);
  const field = fields.get(document.getElementById(label?.htmlFor ?? anchor));
  if (!field || field.isPlain) return;
  if (!label) {
    requestAnimationFrame(() => field.view.focus()); // behind the browser's own jump to the anchor
    return;
  }
  event.preventDefault();
  field.view.focus();
});

document.addEventListener("desk:go", ({ detail: { anchor, line, column } }) => {
  // Whoever opens the row has heard of it first.
  setTimeout(() => {
    const textarea = document.getElementById(anchor);
    if (!isTaken(textarea)) return;
    if (!fields.has(textarea) && !isPlain()) attach(textarea);
    textarea.focus();
    if (!line) return;
    const offset = offsetOf(textarea.value.split("\n"), line, column);
    if (fields.has(textarea)) fields.get(textarea).select(offset);
    else textarea.setSelectionRange(offset, offset);
  });
});

document.addEventListener("desk:insert", ({ detail: { text } }) => insert(text));
document.addEventListener("desk:link", () => {
  const field = fields.get(lastField());
  if (field && !field.isPlain) commands.link(field.view);
  else insert("[[");
});

function lastField() {
  return last?.isConnected ? last : body;
}

function insert(text) {
  const textarea = lastField();
  const field = fields.get(textarea);
  if (field) field.insert(text);
  else {
    textarea.focus();
    insertInto(textarea, text);
  }
}

// Who scrolls something along with the body asks where its lines are.
document.addEventListener("desk:lines", ({ detail }) => {
  const field = fields.get(body);
  if (field && !field.isPlain) {
    detail.lineAt = (height) => field.lineAt(height);
    detail.topOf = (line) => field.topOf(line);
  }
});

document.addEventListener("desk:checked", ({ detail }) => {
  problems = detail.problems ?? [];
  for (const { textarea, view } of fields.values()) {
    showProblems(view, problems.filter(({ anchor }) => anchor === textarea.id));
  }
});

// A browser that comes back to the page fills its fields without a word.
window.addEventListener("pageshow", () => { for (const field of fields.values()) field.takeOver(); });
