// A field above each long list shows only the rows whose line holds what is typed.

"use strict";

const MANY = 12;
const words = document.getElementById("row-words")?.dataset;
document.querySelectorAll("#article_form .inline-group").forEach(offerFilter);

function offerFilter(group) {
  const list = group.querySelector(".inline-rows");
  if (list.children.length <= MANY) {
    return;
  }
  const label = document.createElement("label");
  const field = document.createElement("input");
  label.className = "row-filter";
  label.textContent = words.filter;
  field.type = "search";
  field.autocomplete = "off";
  field.spellcheck = false;
  label.append(field);
  list.before(label);
  let due = 0;
  field.addEventListener("input", (event) => {
    event.stopPropagation(); // It is no part of the article.
    clearTimeout(due);
    due = setTimeout(() => filter(list, field.value), 120);
  });
  field.addEventListener("change", (event) => event.stopPropagation());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // It does not save.
    }
  });
  group.addEventListener("formset:added", () => {
    field.value = "";
    filter(list, "");
  });
  // Whoever is led to a row that is filtered away gets the whole list back.
  group.addEventListener("desk:opened", () => {
    field.value = "";
    filter(list, "");
  });
}

function filter(list, typed) {
  const wanted = typed.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of list.children) {
    const text = textOf(row).toLocaleLowerCase();
    row.hidden = !wanted.every((word) => text.includes(word));
    shown += !row.hidden;
  }
  if (typed) {
    const values = [shown, list.children.length];
    document.dispatchEvent(new CustomEvent("desk:say", { detail: { words: "saidShown", values } }));
  }
}

function textOf(row) {
  const line = row.querySelector(".row > summary");
  return line ? line.textContent : [...row.querySelectorAll(".cell input")].map((one) => one.value).join(" ");
}
