// The check of the text proposes an edit summary. It stands in the empty field as a hint and is taken by the arrow key or
// the button; what somebody typed stays.

"use strict";

const field = document.getElementById("id_summary");
const take = document.getElementById("take-summary");
let proposed = "";

if (field && take) {
  const empty = field.placeholder;
  document.addEventListener("desk:checked", ({ detail }) => {
    proposed = (detail.summary ?? "").slice(0, 500);
    field.placeholder = proposed || empty;
    offer();
  });
  field.addEventListener("input", offer);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" && proposed && !field.value) {
      event.preventDefault();
      takeIt();
    }
  });
  take.addEventListener("click", takeIt);
}

function offer() {
  take.hidden = !proposed || Boolean(field.value);
  take.title = proposed;
}

function takeIt() {
  field.value = proposed;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}
