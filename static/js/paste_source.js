// A pasted entry, address or number of a work: a bar offers to make the source of it and to cite it. The pasted text
// stays as it is until somebody says so, and nothing is fetched.

import { announce, say } from "./editor_words.js";

const LONGEST = 20_000;
const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?10\.\d{4,9}\/\S+$/i;
const ISBN = /^(?:ISBN(?:-1[03])?:?\s*)?((?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx])$/;
const WEB = /^https?:\/\/[^\s/]+\.[^\s]+$/i;
const BIBTEX = /^@[a-z]+\s*[{(][^=]*=[\s\S]*[})]$/i;

// Return what `text` is the description of a work as: "bibtex", "csl", "doi", "isbn" or "url"; null for other text.
export function kindOfSource(text) {
  const words = text.trim();
  if (!words || words.length > LONGEST) return null;
  if (BIBTEX.test(words)) return "bibtex";
  if (/^[[{]/.test(words)) return isCsl(words) ? "csl" : null;
  if (DOI.test(words)) return "doi";
  const number = ISBN.exec(words);
  if (number) return isIsbn(number[1].replace(/[- ]/g, "").toUpperCase()) ? "isbn" : null;
  return WEB.test(words) ? "url" : null;
}

function isCsl(text) {
  try {
    const items = [JSON.parse(text)].flat();
    return items.length > 0 && items.every((item) => item && typeof item.type === "string" && ("title" in item || "author" in item));
  } catch {
    return false;
  }
}

function isIsbn(digits) {
  const values = [...digits].map((digit) => (digit === "X" ? 10 : Number(digit)));
  if (digits.length === 10) return values.reduce((sum, value, index) => sum + value * (10 - index), 0) % 11 === 0;
  return digits.length === 13 && values.reduce((sum, value, index) => sum + value * (index % 2 ? 3 : 1), 0) % 10 === 0;
}

// Watch what is pasted into `field`, a MarkupField.
export function watchPaste(field) {
  for (const target of [field.view.contentDOM, field.textarea]) {
    target.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      const kind = kindOfSource(text);
      if (kind) afterPaste(field, text, kind);
    }, true); // before the editor takes it in
  }
}

// The text is there once the field has told of its input.
function afterPaste(field, text, kind) {
  const { from } = field.selection;
  field.textarea.addEventListener("input", () => {
    const pasted = text.replace(/\r\n?/g, "\n");
    if (field.textarea.value.startsWith(pasted, from)) offer(field, pasted, from, kind);
  }, { once: true });
}

function offer(field, text, from, kind) {
  field.box.querySelector(".paste-offer")?.remove();
  const bar = document.createElement("div");
  bar.className = "paste-offer";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say("paste_bar"));
  const line = document.createElement("p");
  line.textContent = say(`pasted_${kind}`);
  bar.append(line, button(say("make_source"), accept), button(say("leave_it"), leave));
  field.box.append(bar);
  // In sight, above the bar to save.
  bar.style.insetBlockEnd = `${document.querySelector(".save-bar")?.offsetHeight ?? 0}px`;
  announce(`${line.textContent} ${say("make_source_key")}`);
  const keys = (event) => {
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && event.altKey && !bar.contains(event.target)) accept();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  field.box.addEventListener("keydown", keys, true);
  field.textarea.addEventListener("keydown", keys, true);
  field.textarea.addEventListener("input", away);

  // The pasted text is selected: the citation takes its place.
  function accept() {
    close();
    field.select(from, from + text.length);
    document.dispatchEvent(new CustomEvent("desk:make-source", { detail: { text: text.trim() } }));
  }

  function leave() {
    close();
    field.select(from + text.length);
  }

  function away() {
    if (!field.textarea.value.startsWith(text, from)) close();
  }

  function close() {
    bar.remove();
    field.box.removeEventListener("keydown", keys, true);
    field.textarea.removeEventListener("keydown", keys, true);
    field.textarea.removeEventListener("input", away);
  }

  function button(words, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = words;
    one.addEventListener("click", act);
    return one;
  }
}
