// Rows are moved by dragging their line, by Alt+Up and Alt+Down on it, and by two buttons in the open row. The numbers of
// order, by which the server reads the rows, follow. The infobox as a grid moves its rows itself (infobox_grid.js).

import { nameByRow } from "./row_names.js";

const form = document.getElementById("article_form");
const words = document.getElementById("row-words")?.dataset;
let dragged = null;

if (form?.querySelector(".inline-group template")) {
  form.classList.add("moves-rows");
  form.querySelectorAll(".inline-group:not(.folds) .inline-related").forEach(offerButtons);
  form.addEventListener("toggle", (event) => {
    if (event.target.matches("details.row") && event.target.open) {
      offerButtons(event.target.closest(".inline-related"));
    }
  }, true);
  form.querySelectorAll("details.row[open]").forEach((fold) => offerButtons(fold.closest(".inline-related")));
  form.addEventListener("formset:added", (event) => offerButtons(event.target));
  form.addEventListener("keydown", byKey);
  form.addEventListener("pointerdown", prepareDrag);
  form.addEventListener("dragstart", startDrag);
  form.addEventListener("dragover", dragOver);
  form.addEventListener("drop", drop);
  form.addEventListener("dragend", endDrag);
}

function offerButtons(row) {
  const tools = row.querySelector(".row-tools");
  if (tools.querySelector(".move")) {
    return;
  }
  const box = document.createElement("span");
  box.className = "move";
  for (const [step, sign, label] of [[-1, "↑", words.up], [1, "↓", words.down]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.title = label;
    button.setAttribute("aria-label", label);
    button.dataset.step = step;
    nameByRow(button, row, step < 0 ? "up" : "down");
    button.addEventListener("click", () => {
      if (!inGrid(row)) {
        move(row, step);
        button.focus();
      }
    });
    box.append(button);
  }
  tools.prepend(box);
}

function inGrid(row) {
  return Boolean(row.closest(".infobox-grid"));
}

function byKey(event) {
  const row = event.target.closest?.(".inline-related");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!event.altKey || event.ctrlKey || event.metaKey || !step || !row || inGrid(row)) {
    return;
  }
  // In the fields of an open row these keys belong to whoever writes there.
  if (event.target.matches("summary, .row-tools *") || !row.closest(".folds")) {
    event.preventDefault();
    const focused = event.target;
    move(row, step);
    focused.focus();
  }
}

function move(row, step) {
  const seen = [...row.parentElement.children].filter((one) => !one.hidden);
  const other = seen[seen.indexOf(row) + step];
  if (other) {
    step < 0 ? other.before(row) : other.after(row);
    renumber(row.parentElement);
  }
  tell(row);
}

function tell(row) {
  const rows = [...row.parentElement.children];
  const name = row.querySelector(".row-head")?.textContent || row.querySelector(".cell input")?.value || words.new;
  const values = [name, rows.indexOf(row) + 1, rows.length];
  document.dispatchEvent(new CustomEvent("desk:say", { detail: { words: "saidMoved", values } }));
}

function renumber(list) {
  [...list.children].forEach((row, at) => {
    const order = row.querySelector('[name$="-ORDER"]');
    const number = String((at + 1) * 10);
    if (order.value !== number) {
      order.value = number;
      order.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
}

// --- Dragging ---

// Only the line of a row is a handle: in a row that could always be dragged no text could be selected.
function prepareDrag(event) {
  const row = event.target.closest?.("summary")?.closest(".inline-related");
  if (row && event.target.closest("summary").parentElement.matches("details.row") && !inGrid(row)) {
    row.draggable = true;
    const release = () => { if (row !== dragged) { row.draggable = false; } };
    window.addEventListener("pointerup", release, { once: true });
  }
}

function startDrag(event) {
  if (event.target.matches?.(".inline-related") && !inGrid(event.target)) {
    dragged = event.target;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.querySelector(".row-head")?.textContent ?? "");
  }
}

function dragOver(event) {
  const over = event.target.closest?.(".inline-related");
  if (!dragged || !over || over.parentElement !== dragged.parentElement) {
    return;
  }
  event.preventDefault();
  const box = over.getBoundingClientRect();
  const below = event.clientY > box.top + box.height / 2;
  if (over !== dragged && (below ? over.nextElementSibling : over) !== dragged) {
    below ? over.after(dragged) : over.before(dragged);
  }
}

function drop(event) {
  if (dragged) {
    event.preventDefault();
  }
}

function endDrag() {
  if (dragged) {
    dragged.draggable = false;
    dragged.classList.remove("is-dragged");
    renumber(dragged.parentElement);
    tell(dragged);
    dragged = null;
  }
}
