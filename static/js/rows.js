// Rows are added, removed, struck and taken back. Without this script each list ends with a blank row, and a box deletes.
//
// A row added is told by `formset:added` on the row, a row that goes by `formset:removed` on the document, both with
// detail {formsetName}. Numbers of rows are never used twice: the server reads gaps.

import { nameByRow } from "./row_names.js";

const words = document.getElementById("row-words")?.dataset;
document.querySelectorAll("#article_form .inline-group:has(template)").forEach(makeList);

function makeList(group) {
  const prefix = group.dataset.prefix;
  const list = group.querySelector(".inline-rows");
  const total = document.getElementById(`id_${prefix}-TOTAL_FORMS`);
  const blank = group.querySelector("template");
  const add = group.querySelector(".add-row");

  // The blank row at the end is for those without scripts.
  while (list.lastElementChild?.matches(`.is-blank[id="${prefix}-${total.value - 1}"]:not(:has(.errorlist))`)) {
    list.lastElementChild.remove();
    total.value -= 1;
  }
  for (const row of list.children) {
    offerRemoval(row);
    if (isStruck(row)) {
      strike(row);
    }
  }
  standInOrder(list);

  add.hidden = false;
  add.addEventListener("click", (event) => {
    event.preventDefault();
    addRow();
  });
  add.addEventListener("keydown", (event) => {
    if (event.key === " ") {
      event.preventDefault();
      addRow();
    }
  });

  function addRow() {
    const number = total.value;
    const made = document.createElement("template");
    made.innerHTML = blank.innerHTML.replaceAll("__prefix__", number);
    const row = made.content.querySelector(".inline-related");
    row.id = `${prefix}-${number}`;
    row.classList.remove("empty-form");
    total.value = Number(number) + 1;
    list.append(row);
    offerRemoval(row);
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: prefix } }));
    firstField(row)?.focus();
  }

  function offerRemoval(row) {
    const box = boxOf(row);
    if (box) {
      box.addEventListener("change", () => (box.checked ? strike(row, true) : takeBack(row)));
      return;
    }
    const link = document.createElement("a");
    link.role = "button";
    link.href = `#${prefix}-group`;
    link.className = "inline-deletelink";
    link.textContent = words.remove;
    nameByRow(link, row, "remove");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      removeNew(row);
    });
    row.querySelector(".row-tools").append(link);
  }

  // A new row goes at once while it is empty; one with words in it is struck like any other.
  function removeNew(row) {
    if (isEmpty(row)) {
      const name = nameOf(row);
      const next = row.nextElementSibling ?? row.previousElementSibling;
      row.remove();
      say("saidRemoved", [name]);
      (next?.querySelector("summary, input") ?? add.querySelector("a")).focus();
      document.dispatchEvent(new CustomEvent("formset:removed", { detail: { formsetName: prefix } }));
      return;
    }
    const mark = document.createElement("input");
    mark.type = "checkbox";
    mark.hidden = mark.checked = true;
    mark.name = `${row.id}-DELETE`;
    row.append(mark);
    strike(row, true);
    mark.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function strike(row, byHand = false) {
    row.classList.add("is-struck");
    const undo = document.createElement("button");
    undo.type = "button";
    undo.className = "undo";
    undo.textContent = words.undo;
    undo.setAttribute("aria-label", `${words.undo}: ${nameOf(row)}`);
    undo.addEventListener("click", () => takeBack(row));
    row.append(undo);
    const fold = row.querySelector("details.row");
    if (fold) {
      fold.open = false;
    }
    if (byHand) {
      undo.focus();
      say("saidDeleted", [nameOf(row)]);
      document.dispatchEvent(new CustomEvent("formset:removed", { detail: { formsetName: prefix } }));
    }
  }

  function takeBack(row) {
    row.classList.remove("is-struck");
    row.querySelector(".undo")?.remove();
    const box = row.querySelector(`[name="${row.id}-DELETE"]`);
    box.checked = false;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    if (box.hidden) {
      box.remove();
    }
    (row.querySelector("summary") ?? firstField(row)).focus();
    say("saidKept", [nameOf(row)]);
  }
}

// What came back from the server unsaved stands in the order of its numbers.
function standInOrder(list) {
  const rows = [...list.children];
  const order = (row) => row.querySelector('[name$="-ORDER"]').value.trim();
  const number = (row) => (order(row) === "" || Number.isNaN(Number(order(row))) ? Infinity : Number(order(row)));
  const sorted = rows.map((row, at) => [number(row), at, row]).sort((one, two) => (one[0] === two[0] ? one[1] - two[1] : one[0] - two[0]));
  if (sorted.some(([, at], index) => at !== index)) {
    list.append(...sorted.map(([, , row]) => row));
  }
}

function boxOf(row) {
  return row.querySelector('.row-tools input[type="checkbox"][name$="-DELETE"]');
}

function isStruck(row) {
  return Boolean(boxOf(row)?.checked);
}

function isEmpty(row) {
  return [...row.querySelectorAll(".cell :is(input, textarea, select)")]
    .filter((field) => field.name && !field.name.endsWith("-placement"))
    .every((field) => !field.value.trim());
}

function firstField(row) {
  return row.querySelector(".cell :is(input, textarea, select)");
}

function nameOf(row) {
  return row.querySelector(".row-head")?.textContent || firstField(row)?.value || words.new;
}

function say(sentence, values) {
  document.dispatchEvent(new CustomEvent("desk:say", { detail: { words: sentence, values } }));
}
