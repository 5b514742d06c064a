// The infobox in the shape of the infobox: a column for each side, joint values across. It is the list of rows laid out
// anew: the same elements with the same fields, moved into cells. The list itself is a switch away.

import { dragRows } from "./infobox_drag.js";
import { nameByRow } from "./row_names.js";

const MOST = 5;
const AS_LIST = "desk-infobox-as-list";
const group = document.getElementById("infobox-group");
const data = document.getElementById("infobox-kinds");
const words = document.getElementById("infobox-words")?.dataset;
const choice = document.getElementById("id_infobox_kind");
if (group?.querySelector("template") && data && words && choice) {
  start(JSON.parse(data.textContent));
}

function start(kinds) {
  const list = group.querySelector(".inline-rows");
  const addLink = group.querySelector(".add-row a");
  const grid = make("div", "infobox-grid");
  const toggle = make("button", "small-button as-list");
  let extra = 0; // Columns asked for beyond those that hold something.
  let adding = null; // The cell for which a row is being made.
  toggle.type = "button";
  toggle.addEventListener("click", () => {
    localStorage.setItem(AS_LIST, grid.isConnected ? "1" : "");
    draw();
    toggle.focus();
  });
  list.before(toggle);

  choice.addEventListener("change", draw);
  choice.addEventListener("input", draw);
  group.addEventListener("formset:added", (event) => grid.isConnected && placeNew(event.target));
  for (const type of ["input", "change"]) {
    group.addEventListener(type, ({ target }) => {
      if (grid.isConnected && /-(field|side)$/.test(target.name)) {
        place(target.closest(".inline-related"));
      }
    });
  }
  grid.addEventListener("click", byButton);
  grid.addEventListener("keydown", byKey);
  dragRows(grid, settle);
  draw();

  // --- Drawing ---

  function draw() {
    const kind = kinds[choice.value];
    const rows = rowsInOrder();
    const asGrid = Boolean(kind) && !localStorage.getItem(AS_LIST);
    rows.forEach((row) => { row.hidden = false; });
    toggle.hidden = !kind;
    toggle.textContent = asGrid ? words.list : words.grid;
    group.classList.toggle("is-grid", asGrid);
    if (!asGrid) {
      list.append(...rows);
      grid.remove();
      return;
    }
    const used = rows.map((row) => Number(valueOf(row, "side")) || 0);
    const sides = Math.min(MOST, Math.max(2, ...used, 0) + extra);
    grid.dataset.sides = sides;
    list.append(...rows); // Out of the grid while it is built.
    grid.replaceChildren(...skeleton(kind, sides));
    list.before(grid);
    rows.forEach(place);
  }

  function* skeleton(kind, sides) {
    let headed = false;
    for (const field of kind.fields) {
      if (field.sided && !headed) {
        headed = true;
        yield heads(sides);
      }
      yield fieldBox(field, field.sided ? [...range(1, sides), "all"] : [""]);
    }
    const box = fieldBox({ name: "", label: words.elsewhere }, [""]);
    box.classList.add("elsewhere");
    yield box;
  }

  function heads(sides) {
    const box = make("div", "grid-heads");
    for (const side of range(1, sides)) {
      const head = make("span", "grid-head", words.side.replace("%s", side));
      head.dataset.side = side;
      box.append(head);
    }
    if (sides < MOST) {
      const button = make("button", "small-button add-side", words.addSide);
      button.type = "button";
      box.append(button);
    }
    return box;
  }

  function fieldBox(field, sides) {
    const box = make("div", "grid-field");
    box.classList.toggle("is-sided", sides.length > 1);
    const label = make("h3", "grid-label", field.label);
    label.id = `infobox-label-${field.name}`;
    const cells = make("div", "grid-cells");
    cells.append(...sides.map((side) => cellBox(field, String(side))));
    box.append(label, cells);
    return box;
  }

  function cellBox(field, side) {
    const name = side === "all" ? words.all : side && words.side.replace("%s", side);
    const box = make("div", "grid-cell");
    box.dataset.field = field.name;
    box.dataset.side = side;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", [field.label, name].filter(Boolean).join(", "));
    if (name) {
      box.append(make("span", "side-name", name));
    }
    box.append(make("div", "cell-rows"));
    if (field.name) {
      const button = make("button", "small-button add-value", "+");
      button.type = "button";
      button.title = words.add;
      button.setAttribute("aria-label", `${words.add}: ${box.getAttribute("aria-label")}`);
      box.append(button);
    }
    return box;
  }

  // --- Rows and cells ---

  function rowsInOrder() {
    return [...group.querySelectorAll(".inline-related")];
  }

  function cellOf(row) {
    const [field, side] = [valueOf(row, "field"), valueOf(row, "side")];
    const cell = (of, at) => grid.querySelector(`.grid-cell[data-field="${of}"][data-side="${at}"]`);
    return (field && cell(field, side)) || cell("", "");
  }

  function place(row) {
    const rows = cellOf(row).querySelector(".cell-rows");
    if (row.parentElement !== rows) {
      rows.append(row);
    }
    offerSides(row);
  }

  function placeNew(row) {
    if (adding) {
      set(row, "field", adding.dataset.field);
      set(row, "side", adding.dataset.side);
    }
    place(row);
    renumber();
  }

  function offerSides(row) {
    const tools = row.querySelector(".row-tools .move");
    if (!tools || tools.querySelector("[data-across]")) {
      return;
    }
    for (const [step, sign, label] of [[-1, "←", words.left], [1, "→", words.right]]) {
      const button = make("button", "across", sign);
      button.type = "button";
      button.dataset.across = step;
      button.title = label;
      button.setAttribute("aria-label", label);
      nameByRow(button, row, step < 0 ? "left" : "right");
      tools.append(button);
    }
  }
  group.addEventListener("toggle", ({ target }) => {
    if (target.matches("details.row") && target.open && grid.contains(target)) {
      queueMicrotask(() => offerSides(target.closest(".inline-related")));
    }
  }, true);

  // --- Doing ---

  function byButton(event) {
    const button = event.target.closest("button");
    const row = button?.closest(".inline-related");
    if (button?.matches(".add-value")) {
      add(button.closest(".grid-cell"));
    } else if (button?.matches(".add-side")) {
      extra += 1;
      draw();
      grid.querySelector(`.grid-cell[data-side="${grid.dataset.sides}"] .add-value`)?.focus();
    } else if (button?.dataset.step || button?.dataset.across) {
      button.dataset.step ? within(row, Number(button.dataset.step)) : across(row, Number(button.dataset.across));
      button.focus();
    }
  }

  function byKey(event) {
    const row = event.target.closest(".inline-related");
    if (!row || !event.altKey || event.ctrlKey || event.metaKey || !event.target.matches("summary, .row-tools *")) {
      return;
    }
    const up = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const focused = event.target;
    if (up && !event.shiftKey) {
      within(row, up);
    } else if (aside && event.shiftKey) {
      across(row, aside);
    } else {
      return;
    }
    event.preventDefault();
    focused.focus();
  }

  function add(cell) {
    adding = cell;
    addLink.click();
    adding = null;
    const row = cell.querySelector(".cell-rows").lastElementChild;
    row.querySelector('[name$="-value"]').focus();
  }

  function within(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (other) {
      step < 0 ? other.before(row) : other.after(row);
    }
    settle(row);
  }

  function across(row, step) {
    const cells = [...row.closest(".grid-cells").children];
    const next = cells[cells.indexOf(row.closest(".grid-cell")) + step];
    if (next) {
      next.querySelector(".cell-rows").append(row);
      settle(row);
    }
  }

  // The row stands where it was put: its fields and all numbers follow.
  function settle(row) {
    const cell = row.closest(".grid-cell");
    if (cell.dataset.field) {
      set(row, "field", cell.dataset.field);
      set(row, "side", cell.dataset.side);
    }
    renumber();
    const rows = [...row.parentElement.children];
    const values = [cell.getAttribute("aria-label"), rows.indexOf(row) + 1, rows.length];
    document.dispatchEvent(new CustomEvent("desk:say", { detail: { words: "saidMoved", values } }));
  }

  function renumber() {
    rowsInOrder().forEach((row, at) => set(row, "ORDER", String((at + 1) * 10)));
  }
}

function set(row, name, value) {
  const field = row.querySelector(`[name="${row.id}-${name}"]`);
  if (field.value !== value) {
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function valueOf(row, name) {
  return row.querySelector(`[name="${row.id}-${name}"]`).value;
}

function make(tag, className, text = "") {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_nothing, at) => from + at);
}
