// The references of the article as they stand in the unsaved form: read, and a row added with a key that is free.

const CELLS = ["key", "source", "text", "pages", "quotation", "translation", "remark"];

function group() {
  return document.getElementById("references-group");
}

function cell(row, name) {
  return row.querySelector(`[name^="references-"][name$="-${name}"]`);
}

function rows() {
  const keys = group()?.querySelectorAll('[name^="references-"][name$="-key"]') ?? [];
  return [...keys]
    .filter((key) => !key.name.includes("__prefix__"))
    .map((key) => key.closest(".inline-related"))
    .filter((row) => !cell(row, "DELETE")?.checked);
}

// All references with a key: {key, source (its number as text), label, text, pages}.
export function references() {
  return rows()
    .map((row) => {
      const source = cell(row, "source");
      return {
        key: cell(row, "key").value.trim(),
        source: source.value,
        label: source.value ? source.selectedOptions?.[0]?.textContent ?? "" : "",
        text: cell(row, "text")?.value ?? "",
        pages: cell(row, "pages")?.value ?? "",
      };
    })
    .filter((one) => one.key);
}

// Make a row for a source of the library, {id, label, key}; return the key that it got.
export function addReference(source) {
  const row = rows().find(isBlank) ?? newRow();
  const key = freeKey(source.key);
  say(cell(row, "key"), key);
  const select = cell(row, "source");
  if (![...select.options].some((option) => option.value === String(source.id))) {
    select.add(new Option(source.label, source.id));
  }
  say(select, String(source.id));
  return key;
}

function isBlank(row) {
  return CELLS.every((name) => !cell(row, name)?.value.trim());
}

function newRow() {
  let added;
  document.addEventListener("formset:added", (event) => { added = event.target; }, { once: true });
  group().querySelector(".add-row a, .add-row button").click();
  return added;
}

function say(field, value) {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function freeKey(wanted) {
  const taken = new Set(rows().map((row) => cell(row, "key").value.trim()));
  if (!taken.has(wanted)) return wanted;
  const letter = [..."bcdefghijklmnopqrstuvwxyz"].find((one) => !taken.has(wanted + one));
  if (letter) return wanted + letter;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}
