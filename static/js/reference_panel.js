// The references beside the text: all keys at a glance, to be found, gone to and cited. Drawn when looked at.

"use strict";

const panel = document.getElementById("panel-references");
const list = panel?.querySelector(".reference-list");
const words = panel?.dataset;

if (list) {
  const field = panel.querySelector("input[type=search]");
  field.closest("label").hidden = false;
  field.addEventListener("input", filter);
  document.addEventListener("desk:shown", ({ detail }) => detail.panel === "references" && draw());
  for (const event of ["formset:added", "formset:removed", "desk:counted"]) {
    document.addEventListener(event, () => !panel.hidden && draw());
  }
  list.addEventListener("click", (event) => {
    const key = event.target.closest("[data-cite-key]")?.dataset.citeKey;
    if (key) {
      document.dispatchEvent(new CustomEvent("desk:insert", { detail: { text: `[@${key}]` } }));
    }
  });

  function filter() {
    const wanted = field.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const item of list.children) {
      const text = item.textContent.toLocaleLowerCase();
      item.hidden = !wanted.every((word) => text.includes(word));
    }
  }

  function draw() {
    const rows = document.querySelectorAll("#references-group .inline-related:not(.is-struck)");
    list.replaceChildren(...[...rows].map(item).filter(Boolean));
    filter();
  }
}

function item(row) {
  const key = row.querySelector(`[name="${row.id}-key"]`)?.value.trim();
  if (!key) {
    return null;
  }
  const made = document.createElement("li");
  const link = document.createElement("a");
  link.href = `#${row.id}`;
  link.textContent = key;
  const text = document.createElement("span");
  text.className = "reference-text";
  text.textContent = row.querySelector(".row-text").textContent;
  const uses = document.createElement("span");
  uses.className = "row-uses";
  uses.textContent = row.querySelector(".row-uses").textContent;
  const cite = document.createElement("button");
  cite.type = "button";
  cite.className = "small-button";
  cite.dataset.citeKey = key;
  cite.textContent = words.citeWord;
  cite.setAttribute("aria-label", `${words.citeWord} ${key}`);
  made.append(link, " ", text, " ", uses, " ", cite);
  return made;
}
