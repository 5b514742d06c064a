// Goes to a place in the form: a field, a row or a list, by `desk:go` on the document, detail {anchor, line?, column?}.
// Whatever hides the place is opened first; an editor of marked-up text places its cursor itself.
// Links that lead to a place in the form go the same way.

import { hold } from "./hold.js";

const form = document.getElementById("article_form");

document.addEventListener("desk:go", ({ detail }) => {
  const place = form && document.getElementById(detail.anchor);
  if (!place || !form.contains(place)) {
    return;
  }
  document.dispatchEvent(new CustomEvent("desk:panel", { detail: { panel: "writing" } }));
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  place.dispatchEvent(new CustomEvent("desk:opened", { bubbles: true, detail }));
  const target = place.matches("details") ? place.querySelector(":scope > summary") : place;
  hold(() => show(target), form);
  focusOn(target, detail);
});

// What is taller than half the window begins at its top; a heading that would stand in the middle of its list says
// nothing.
function show(target) {
  const block = target.getBoundingClientRect().height > window.innerHeight / 2 ? "start" : "center";
  target.scrollIntoView({ block, behavior: "instant" });
}

// A refused form comes back at the address of the place that somebody went to before: what is wrong is read first.
const refused = document.querySelector(".problems.refused, .conflict");
if (refused && location.hash) {
  history.replaceState(history.state, "", location.pathname + location.search);
  window.addEventListener("load", () => refused.scrollIntoView({ block: "center", behavior: "instant" }));
}

function focusOn(target, { line, column }) {
  if (!target.matches("input, textarea, select, summary, button, a")) {
    target.tabIndex = -1;
  }
  target.focus({ preventScroll: true });
  if (line && target.matches("textarea") && document.activeElement === target) {
    const at = offsetOf(target.value, line, column);
    target.setSelectionRange(at, at);
    scrollToLine(target, line);
  }
}

function offsetOf(text, line, column) {
  let start = 0;
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) {
      return text.length;
    }
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + Math.max((column ?? 1) - 1, 0), end < 0 ? text.length : end);
}

// A long text grows with its words: the line is brought into sight by its share of the height.
function scrollToLine(area, line) {
  const lines = area.value.split("\n").length;
  const box = area.getBoundingClientRect();
  window.scrollBy({ top: box.top + (box.height * line) / lines - window.innerHeight / 2 });
}

// A link that is a button was heard by its own script before.
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('.workbench a[href^="#"]');
  const anchor = link?.getAttribute("href").slice(1);
  if (anchor && !event.defaultPrevented && form?.querySelector(`[id="${CSS.escape(anchor)}"]`)) {
    event.preventDefault();
    history.replaceState(history.state, "", `#${anchor}`);
    const { line, column } = link.dataset;
    document.dispatchEvent(
      new CustomEvent("desk:go", { detail: { anchor, line: Number(line) || undefined, column: Number(column) || undefined } }),
    );
  }
});
