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
  panel.querySelector(".unchecked")?.remove();
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
  const items = together(problems).map((some) => (some.length === 1 ? item(some[0]) : itemOfMany(some)));
  section.append(made("h3", { textContent: heading(kind, problems.length) }), made("ul", { className: kind }, items));
  return section;
}

// Those that say the same sentence, in the order in which each is first said.
function together(problems) {
  const said = new Map();
  for (const one of problems) {
    const sentence = `${one.kind} ${one.message}`;
    said.set(sentence, [...(said.get(sentence) ?? []), one]);
  }
  return [...said.values()];
}

function item(one) {
  const entry = made("li", {}, [...placeOf(one), one.words ? ": " : "", one.message]);
  Object.assign(entry.dataset, { place: one.place, kind: one.kind });
  return entry;
}

function itemOfMany(some) {
  const places = some.map((one) => {
    const entry = made("li", {}, placeOf(one));
    entry.dataset.place = one.place;
    return entry;
  });
  const entry = made("li", {}, [some[0].message, made("ul", { className: "places" }, places)]);
  entry.dataset.kind = some[0].kind;
  return entry;
}

function placeOf(one) {
  if (!one.anchor) {
    return one.words ? [made("b", { textContent: one.words })] : [];
  }
  const link = made("a", { href: `#${one.anchor}`, textContent: one.words });
  Object.assign(link.dataset, one.line ? { line: one.line, column: one.column ?? 1 } : {});
  return [link];
}

function made(tag, properties = {}, children = []) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
