// What the keys of this article stand for, as the rows of the form have it now, and how a row is made.

const form = document.getElementById("article_form");
const NAME = /^(references|notes|figures)-(\d+)-(key|text|source|caption|alt|DELETE)$/;
const changes = new EventTarget();
let found = null;
let due = 0;

function words(control) {
  if (!control) return "";
  return control.localName === "select" ? control.selectedOptions[0]?.text ?? "" : control.value;
}

function read() {
  const rows = new Map();
  for (const control of form.elements) {
    const [, list, number, field] = NAME.exec(control.name) ?? [];
    if (!list) continue;
    const row = `${list}-${number}`;
    if (!rows.has(row)) rows.set(row, { list });
    rows.get(row)[field] = control;
  }
  const keys = { references: new Map(), notes: new Map(), figures: new Map() };
  for (const row of rows.values()) {
    const key = row.key?.value.trim();
    if (!key || row.DELETE?.checked) continue;
    const parts = [row.source, row.text, row.caption, row.alt].map(words);
    keys[row.list].set(key, parts.map((part) => part.trim()).find(Boolean) ?? "");
  }
  return keys;
}

// Return a Map from key to words for the list: references, notes or figures. No row says: no words.
export function keysOf(list) {
  found ??= read();
  return found[list];
}

// Call `listener` when the keys or what they stand for may be others; return what ends that.
export function whenKeysChange(listener) {
  changes.addEventListener("change", listener);
  return () => changes.removeEventListener("change", listener);
}

function forget(event) {
  if (event.type.startsWith("formset:") || NAME.test(event.target.name ?? "")) {
    found = null;
    // Told once for all: the admin's own script reports a change of every row when the page is ready.
    clearTimeout(due);
    due = setTimeout(() => changes.dispatchEvent(new Event("change")));
  }
}

for (const type of ["input", "change"]) form.addEventListener(type, forget);
for (const type of ["formset:added", "formset:removed"]) document.addEventListener(type, forget);
// Choices made by search and in pop-ups are told to jQuery only.
window.django?.jQuery?.(form).on("change", (event) => forget(event));

// Add a row with `key` to `list` and return the control that holds the key, or null if the form takes no more rows.
export function makeRow(list, key) {
  let row = null;
  const caught = (event) => { row = event.target; };
  document.addEventListener("formset:added", caught);
  document.querySelector(`#${list}-group .add-row a, #${list}-group .add-row button`)?.click();
  document.removeEventListener("formset:added", caught);
  const control = row?.querySelector(`[name^="${list}-"][name$="-key"]`);
  if (!control) return null;
  control.value = key;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  return control;
}

// Return the keys of `list` that `key` may have been meant for, nearest first, three at most.
export function nearKeys(list, key) {
  const wanted = key.toLowerCase();
  const distances = [...keysOf(list).keys()].map((one) => [distance(one.toLowerCase(), wanted), one]);
  const allowed = Math.max(1, Math.floor(key.length / 3));
  return distances.filter(([far]) => far <= allowed).sort(([a], [b]) => a - b).slice(0, 3).map(([, one]) => one);
}

function distance(one, other) {
  if (one.startsWith(other) || other.startsWith(one)) return Math.min(1, Math.abs(one.length - other.length));
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] !== other[j - 1]));
    }
    row = next;
  }
  return row[other.length];
}
