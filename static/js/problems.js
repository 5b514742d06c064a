// Keeps the list of problems true while one types, by `desk:checked`; the tab counts them. Each leads to its place.

"use strict";

const panel = document.getElementById("panel-problems");
const list = panel?.querySelector(".problem-lists");
const said = panel?.querySelector(".problems-said");
const count = document.getElementById("problems-count");

if (list) {
  let shown = null;
  document.addEventListener("desk:checked", ({ detail }) => {
    const now = JSON.stringify(detail.problems);
    if (now !== shown) {
      shown = now;
      show(detail.problems);
    }
  });
}

function show(problems) {
  const errors = problems.filter((one) => one.level !== "warning");
  const warnings = problems.filter((one) => one.level === "warning");
  const focused = [...list.querySelectorAll("a")].indexOf(document.activeElement);
  list.replaceChildren(
    ...[["errors", errors], ["warnings", warnings]].filter(([, some]) => some.length).map(([kind, some]) => group(kind, some)),
  );
  panel.querySelector(".none").hidden = problems.length > 0;
  if (focused >= 0) {
    list.querySelectorAll("a")[focused]?.focus();
  }
  if (count) {
    count.textContent = problems.length || "";
  }
  // Only the number that keeps the text from being published is worth a word while somebody types.
  const words = errors.length ? heading("errors", errors.length) : "";
  if (said.textContent !== words) {
    said.textContent = words;
  }
}

function heading(kind, number) {
  const words = panel.dataset[`${kind}${number === 1 ? "One" : "Many"}`];
  return words.replace("{}", number);
}

function group(kind, problems) {
  const section = made("section", { className: "problems" });
  const items = problems.map(item);
  section.append(made("h3", { textContent: heading(kind, problems.length) }), made("ul", { className: kind }, items));
  return section;
}

function item(one) {
  const entry = made("li");
  Object.assign(entry.dataset, { place: one.place, kind: one.kind });
  if (one.anchor) {
    const link = made("a", { href: `#${one.anchor}`, textContent: one.words });
    Object.assign(link.dataset, one.line ? { line: one.line, column: one.column ?? 1 } : {});
    entry.append(link, `: ${one.message}`);
  } else {
    entry.append(...(one.words ? [made("b", { textContent: one.words }), ": "] : []), one.message);
  }
  return entry;
}

function made(tag, properties = {}, children = []) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
