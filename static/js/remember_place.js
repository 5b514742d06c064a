// After "save and continue" the form comes back as it was left: scrolled to the same place, with the same panel, the same
// rows open and the cursor in the same field. Rows get other numbers by saving; they are known by their id, new ones by
// their first word. What was said of saving stands above the view then: it is said again where one saved.

import { hold } from "./hold.js";

const KEY = "desk-place";
const MINUTES = 5;
const form = document.getElementById("article_form");
let panel = null;

if (form) {
  document.addEventListener("desk:shown", ({ detail }) => { panel = detail.panel; });
  form.addEventListener("submit", ({ submitter }) => {
    sessionStorage.setItem(KEY, JSON.stringify({ ...placeNow(), stays: submitter?.name === "_continue" }));
  });
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  const isBack = kept?.stays || document.querySelector(".problems.refused, .conflict");
  if (kept && isBack && Date.now() - kept.time < MINUTES * 60_000) {
    restore(kept);
  }
}

function placeNow() {
  const field = activeField();
  const rows = [...form.querySelectorAll("details.row[open]")].map((fold) => fold.closest(".inline-related"));
  return {
    time: Date.now(),
    path: location.pathname,
    scroll: window.scrollY,
    top: field && (rowOf(field) ?? field.parentElement).getBoundingClientRect().top,
    panel,
    open: rows.filter((row) => !row.classList.contains("is-struck")).map(identity),
    focus: field && { row: rowOf(field) && identity(rowOf(field)), name: nameIn(field), from: field.selectionStart },
  };
}

// An editor stands in for the field before it.
function activeField() {
  const active = document.activeElement;
  const box = active.closest?.(".markup-editor");
  const field = box ? box.parentElement.querySelector("textarea[name]") : active;
  return field?.name && form.contains(field) && field.type !== "submit" ? field : null;
}

function rowOf(field) {
  return field.closest(".inline-related");
}

function nameIn(field) {
  const row = rowOf(field);
  return row ? field.name.slice(row.id.length) : field.name;
}

function identity(row) {
  const id = row.querySelector('[name$="-row_id"]').value;
  const field = row.querySelector(".cell :is(input, textarea, select)");
  return { list: row.id.replace(/-\d+$/, ""), id, word: field.value, value: valueOf(row) };
}

function valueOf(row) {
  return row.querySelector('[name$="-value"]')?.value ?? "";
}

function find({ list, id, word, value }) {
  const rows = [...document.querySelectorAll(`#${list}-group .inline-related`)];
  const same = (row) => {
    const now = identity(row);
    return id ? now.id === id : now.word === word && now.value === value;
  };
  return rows.find(same);
}

function restore(kept) {
  for (const row of kept.open.map(find).filter(Boolean)) {
    const fold = row.querySelector("details.row");
    if (fold) {
      fold.open = true;
    }
  }
  if (kept.panel && kept.panel !== "writing") {
    document.dispatchEvent(new CustomEvent("desk:panel", { detail: { panel: kept.panel } }));
  }
  // What was refused is told at the top, and read first.
  if (document.querySelector(".problems.refused, .conflict")) {
    return;
  }
  sayAgain();
  history.scrollRestoration = "manual";
  const anchor = focusAgain(kept.focus);
  const place = anchor ? () => window.scrollY + anchor.getBoundingClientRect().top - kept.top : () => kept.scroll;
  hold(() => window.scrollTo({ top: place(), behavior: "instant" }), form);
}

// That it was saved is said until one types on; a warning stays.
function sayAgain() {
  const place = document.getElementById("saved-words");
  for (const { className, childNodes } of document.querySelectorAll("ul.messagelist > li")) {
    const words = document.createElement("p");
    words.className = className;
    words.append(...[...childNodes].map((node) => node.cloneNode(true)));
    place?.append(words);
  }
  document.addEventListener("desk:kept", () => {
    place?.querySelectorAll("p:not(.warning, .error)").forEach((words) => words.remove());
  }, { once: true });
}

// Returns what stays where it was in the window: the row of the field, or what is around it.
function focusAgain(focus) {
  const row = focus?.row && find(focus.row);
  const field = focus && form.elements.namedItem(row ? row.id + focus.name : focus.row ? "" : focus.name);
  if (field instanceof Element) {
    field.focus({ preventScroll: true });
    if (focus.from !== null && field.setSelectionRange && document.activeElement === field) {
      field.setSelectionRange(focus.from, focus.from);
    }
    return row ?? field.parentElement;
  }
  return null;
}
