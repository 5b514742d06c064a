// Values of the infobox are dragged by their line from cell to cell.

// `settle` is told the row that was put into another place of `grid`.
export function dragRows(grid, settle) {
  let dragged = null;

  // Only the line is a handle: in a row that could always be dragged no text could be selected.
  grid.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("details.row > summary")?.closest(".inline-related");
    if (row) {
      row.draggable = true;
      window.addEventListener("pointerup", () => { row.draggable = row === dragged; }, { once: true });
    }
  });
  grid.addEventListener("dragstart", (event) => {
    if (event.target.matches?.(".inline-related")) {
      dragged = event.target;
      dragged.classList.add("is-dragged");
      grid.classList.add("is-dragging");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", dragged.querySelector(".row-text").textContent);
    }
  });
  grid.addEventListener("dragover", (event) => {
    const cell = dragged && event.target.closest(".grid-cell");
    if (cell?.dataset.field) {
      event.preventDefault();
      putInto(cell.querySelector(".cell-rows"), event.clientY);
    }
  });
  grid.addEventListener("drop", (event) => dragged && event.preventDefault());
  grid.addEventListener("dragend", () => {
    const row = dragged;
    dragged = null;
    grid.classList.remove("is-dragging");
    if (row) {
      row.draggable = false;
      row.classList.remove("is-dragged");
      settle(row);
    }
  });

  function putInto(rows, y) {
    const others = [...rows.children].filter((one) => one !== dragged);
    const below = others.find((one) => y < middleOf(one));
    if (below ? below.previousElementSibling !== dragged : rows.lastElementChild !== dragged) {
      rows.insertBefore(dragged, below ?? null);
    }
  }
}

function middleOf(element) {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
}
