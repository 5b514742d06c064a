// One editor over one textarea. The textarea stays the form's field: the editor writes every change into it at once
// and takes over what others write there. Untouched, it changes nothing.

import { Annotation, EditorState, EditorView, Transaction } from "../vendor/codemirror/codemirror.js";
import { phrases } from "./editor_words.js";

const LONG = 20_000;
const fromField = Annotation.define();
const nonce = document.getElementById("markup-editor").nonce;
let number = 0;

export class MarkupField {
  // `extensions` is a function from this field to what makes its editor more than plain.
  constructor(textarea, extensions) {
    this.textarea = textarea;
    this.kind = textarea.dataset.markup;
    this.mirroring = this.changed = false;
    this.takeOver = this.takeOver.bind(this);
    const selection = { anchor: textarea.selectionStart, head: textarea.selectionEnd };
    const doc = textarea.value;
    this.view = new EditorView({
      state: EditorState.create({ doc, selection, extensions: [this.basics(), extensions(this)] }),
    });
    this.box = document.createElement("div");
    this.box.className = `markup-editor markup-${this.kind}`;
    this.box.append(this.view.dom);
    textarea.after(this.box);
    // The form hears of changes from the field alone.
    for (const type of ["input", "change"]) this.box.addEventListener(type, (event) => event.stopPropagation());
    textarea.addEventListener("input", this.takeOver);
    // Whoever leads to the field leads to its editor.
    textarea.focus = (options) => {
      if (this.isPlain) HTMLTextAreaElement.prototype.focus.call(textarea, options);
      else this.view.focus();
    };
    this.isPlain = false;
    textarea.classList.toggle("is-long", doc.length > LONG);
  }

  basics() {
    return [
      EditorView.cspNonce.of(nonce),
      EditorState.phrases.of(phrases),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of(this.attributes()),
      EditorView.updateListener.of((update) => this.mirror(update)),
      EditorView.domEventHandlers({ blur: () => this.tellChange() }),
      EditorView.scrollHandler.of(scrollClear),
    ];
  }

  // The label, the description and the language of the field are the editor's too.
  attributes() {
    const { textarea } = this;
    const attributes = { spellcheck: textarea.spellcheck ? "true" : "false", autocapitalize: "sentences" };
    for (const name of ["aria-label", "aria-labelledby", "aria-describedby", "aria-invalid", "lang"]) {
      if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
    }
    const label = textarea.labels?.[0];
    if (label && !attributes["aria-labelledby"] && !attributes["aria-label"]) {
      label.id ||= `markup-label-${++number}`;
      attributes["aria-labelledby"] = label.id;
    }
    if (this.isOneLine) attributes["aria-multiline"] = "false";
    return attributes;
  }

  get isOneLine() {
    return this.kind === "line" || this.kind === "links";
  }

  // Show the plain textarea instead, or the editor again.
  set isPlain(plain) {
    this.plain = plain;
    this.box.classList.toggle("is-plain", plain);
    this.textarea.classList.toggle("has-editor", !plain);
    if (plain) {
      this.textarea.removeAttribute("tabindex");
      this.textarea.removeAttribute("aria-hidden");
    } else {
      this.textarea.tabIndex = -1;
      this.textarea.setAttribute("aria-hidden", "true");
    }
  }

  get isPlain() {
    return this.plain;
  }

  // --- Both hold the same text ---

  mirror(update) {
    if (!update.docChanged) return;
    this.textarea.classList.toggle("is-long", update.state.doc.length > LONG);
    if (update.transactions.every((one) => one.annotation(fromField))) return;
    this.textarea.value = update.state.doc.toString();
    this.mirroring = this.changed = true;
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
    this.mirroring = false;
  }

  tellChange() {
    if (!this.changed) return;
    this.changed = false;
    this.textarea.dispatchEvent(new Event("change", { bubbles: true }));
  }

  takeOver() {
    if (this.mirroring) return;
    const { textarea } = this;
    const change = difference(this.view.state.doc.toString(), textarea.value);
    if (!change) return;
    // Who types in the field itself, before the editor has the focus, goes on behind what was typed.
    const isTyped = document.activeElement === textarea;
    this.view.dispatch({
      changes: change,
      selection: isTyped ? { anchor: textarea.selectionStart, head: textarea.selectionEnd } : undefined,
      annotations: [fromField.of(true), Transaction.userEvent.of("input.field")],
    });
  }

  // --- For others, whichever of the two is shown ---

  get selection() {
    const { textarea, view } = this;
    if (this.isPlain) return { from: textarea.selectionStart, to: textarea.selectionEnd };
    return view.state.selection.main;
  }

  // Select; `to` may be left out. The selection is brought into sight and the field takes the focus.
  select(from, to = from) {
    if (this.isPlain) {
      this.textarea.setSelectionRange(from, to);
      this.textarea.focus();
    } else {
      this.view.focus();
      this.view.dispatch({ selection: { anchor: from, head: to }, scrollIntoView: true });
    }
  }

  // Put `text` in the place of what is selected, the cursor behind it.
  insert(text) {
    if (this.isPlain) {
      this.textarea.focus();
      insertInto(this.textarea, text);
    } else {
      this.view.focus();
      // A mark that is only begun is gone on with: what it can stand for is offered as if it had been typed.
      const userEvent = /\[[[@^]$/.test(text) ? "input.type" : "input";
      this.view.dispatch(this.view.state.replaceSelection(text), { userEvent, scrollIntoView: true });
    }
  }

  // The line, from 1 and with fractions, at a height of the window; and the height of a line's top.
  lineAt(height) {
    const { view } = this;
    const block = view.lineBlockAtHeight(height - view.documentTop);
    const within = (height - view.documentTop - block.top) / (block.height || 1);
    return within < 0 ? 0 : view.state.doc.lineAt(block.from).number + Math.min(within, 1);
  }

  topOf(line) {
    const { doc } = this.view.state;
    const at = Math.min(Math.max(Math.floor(line), 1), doc.lines);
    const block = this.view.lineBlockAt(doc.line(at).from);
    return this.view.documentTop + block.top + Math.min(Math.max(line - at, 0), 1) * block.height;
  }

  // Leave the plain textarea, with the cursor where it was.
  remove() {
    const { from, to } = this.view.state.selection.main;
    this.tellChange();
    this.textarea.removeEventListener("input", this.takeOver);
    delete this.textarea.focus;
    this.isPlain = true;
    this.textarea.classList.remove("has-editor", "is-long");
    this.view.destroy();
    this.box.remove();
    this.textarea.setSelectionRange(from, to);
  }
}

// Put `text` into a plain field in the place of what is selected, and say so.
export function insertInto(field, text) {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

// The editor brings the cursor into the window; then the page scrolls until it stands clear of the bars above and below.
function scrollClear(view, range) {
  view.requestMeasure({ read: () => view.coordsAtPos(range.head), write: (place) => place && clear(place) });
  return false;
}

function clear({ top, bottom }) {
  const bars = [".workbar", ".markup-editor:focus-within .cm-panels-top"].map((one) => document.querySelector(one));
  const above = Math.max(...bars.map((bar) => bar?.getBoundingClientRect().bottom ?? 0), 0) + 48;
  const below = (document.querySelector(".save-bar")?.getBoundingClientRect().top ?? window.innerHeight) - 16;
  if (bottom > below) window.scrollBy(0, bottom - below);
  else if (top < above) window.scrollBy(0, top - above);
}

// Return the one change that makes `after` of `before`, or null.
function difference(before, after) {
  if (before === after) return null;
  let from = 0;
  const shorter = Math.min(before.length, after.length);
  while (from < shorter && before[from] === after[from]) from++;
  let end = 0;
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) };
}
