// Keys for what editors do all day. On a Mac Alt makes letters, so that Control and Shift stand in its place. The list of
// keys is a dialog, opened by ?, by its own key and by a button.

"use strict";

const form = document.getElementById("article_form");
const list = document.getElementById("keys");
const mac = /Mac|iPhone|iPad/.test(navigator.platform);
let problems = null; // Anchors with lines, as the last check told them.
let at = -1;

const DO = {
  KeyC: () => tell("desk:pick"),
  KeyN: addNote,
  KeyL: () => tell("desk:link"),
  KeyP: () => tell("desk:panel", { panel: "preview" }),
  KeyW: () => tell("desk:go", { anchor: "id_body" }),
  KeyJ: (event) => nextProblem(event.shiftKey && !mac ? -1 : 1),
  KeyK: showKeys,
};

if (form && list) {
  document.addEventListener("keydown", byKey, true);
  document.addEventListener("desk:checked", ({ detail }) => { problems = detail.problems; });
  const button = document.querySelector("[data-show-keys]");
  button.hidden = false;
  button.addEventListener("click", showKeys);
  list.querySelectorAll("kbd[data-mac]").forEach((key) => { key.textContent = mac ? key.dataset.mac : key.textContent; });
}

function byKey(event) {
  if (list.open || event.isComposing) {
    return;
  }
  const command = mac ? event.metaKey : event.ctrlKey && !event.altKey;
  const own = mac
    ? event.ctrlKey && event.shiftKey && !event.metaKey && !event.altKey
    : event.altKey && !event.ctrlKey && !event.metaKey;
  if (command && !event.shiftKey && event.code === "KeyS") {
    press(event, "_continue");
  } else if (command && event.key === "Enter") {
    press(event, "_save");
  } else if (own && DO[event.code] && (mac || !event.shiftKey || event.code === "KeyJ")) {
    event.preventDefault();
    event.stopPropagation();
    DO[event.code](event);
  } else if (event.key === "?" && !isWriting(event.target)) {
    event.preventDefault();
    showKeys();
  }
}

function press(event, name) {
  const button = form.querySelector(`[name="${name}"]`);
  if (button) {
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(button);
  }
}

function isWriting(target) {
  return target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio], [type=submit]), textarea, select");
}

function addNote() {
  const add = document.querySelector("#notes-group .add-row a");
  if (!add) {
    return;
  }
  const keys = new Set([...document.querySelectorAll('#notes-group [name$="-key"]')].map((one) => one.value.trim()));
  let number = 1;
  while (keys.has(`note-${number}`)) {
    number += 1;
  }
  const key = `note-${number}`;
  tell("desk:insert", { text: `[^${key}]` });
  let row = null;
  const caught = (event) => { row = event.target; };
  document.addEventListener("formset:added", caught, { once: true });
  add.click();
  const field = row.querySelector('[name$="-key"]');
  field.value = key;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  tell("desk:go", { anchor: `id_${row.id}-text` });
}

function nextProblem(step) {
  const places = (problems ?? linked()).filter((one) => one.anchor);
  if (places.length === 0) {
    tell("desk:panel", { panel: "problems" });
    return;
  }
  at = (at + step + places.length) % places.length;
  const { anchor, line, column } = places[at];
  tell("desk:go", { anchor, line: line ?? undefined, column: column ?? undefined });
}

function linked() {
  return [...document.querySelectorAll('.problems a[href^="#"]')].map((link) => ({ anchor: link.hash.slice(1) }));
}

function showKeys() {
  list.showModal();
}

function tell(name, detail = {}) {
  document.dispatchEvent(new CustomEvent(name, { detail }));
}
