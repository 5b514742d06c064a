// Keeps the text and its preview side by side, block by block, whichever of them is scrolled. A double click on a block
// leads to its line in the text.
//
// An editor in the place of the textarea answers `desk:lines` on the document by putting {lineAt, topOf} into its detail:
// the line at a height of the window, and the height of a line's top, both as numbers with fractions. It scrolls with the
// window.

"use strict";

const MARGIN = 12;
const body = document.getElementById("id_body");
const frame = document.querySelector(".preview-frame");
const bar = document.querySelector(".workbar");

if (body && frame) {
  let leader = "text";
  let page = null;
  let places = []; // {line, element} of each block, in order
  let waiting = 0;

  const later = (work) => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(work);
  };
  const isShown = () => page && frame.offsetParent !== null;

  function showLine() {
    if (isShown() && places.length) {
      const line = lines().lineAt(top());
      page.scrollingElement.scrollTop = line < 1 ? 0 : heightOf(places, line) - MARGIN;
    }
  }

  function showBlock() {
    if (isShown() && places.length) {
      const { topOf, scrolls } = lines();
      const by = topOf(lineAtHeight(places, page.scrollingElement.scrollTop + MARGIN)) - top();
      if (scrolls) {
        body.scrollTop += by;
      } else {
        window.scrollBy({ top: by, behavior: "instant" });
      }
    }
  }

  const lead = (name) => () => { leader = name; };
  for (const happened of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(happened, lead("text"), { passive: true, capture: true });
  }
  for (const place of [window, body]) {
    place.addEventListener("scroll", () => leader === "text" && later(showLine), { passive: true });
  }
  document.addEventListener("desk:scrolled", () => leader === "text" && later(showLine));
  document.addEventListener("desk:fitted", () => later(showLine));
  document.addEventListener("desk:shown", ({ detail }) => detail.panel === "preview" && later(showLine));

  document.addEventListener("desk:drawn", ({ detail }) => {
    if (page !== detail.page) {
      page = detail.page;
      for (const happened of ["wheel", "touchstart", "keydown", "pointerdown"]) {
        page.addEventListener(happened, lead("preview"), { passive: true, capture: true });
      }
      page.addEventListener("scroll", () => leader === "preview" && later(showBlock), { passive: true });
      page.addEventListener("dblclick", (event) => goTo(event.target, places));
      // Its stylesheets and pictures come after it and move everything.
      page.addEventListener("load", () => leader === "text" && later(showLine), { capture: true });
    }
    const elements = page.querySelectorAll(":is(.lead-opening, .lead-rest, .sections) > *");
    places = elements.length === detail.blocks.length
      ? detail.blocks.map((block, index) => ({ ...block, element: elements[index] }))
      : [];
    if (leader === "text") {
      later(showLine);
    }
  });
}

function top() {
  return (bar?.getBoundingClientRect().bottom ?? 0) + MARGIN;
}

// --- Lines and heights of the preview ---

function heightOf(places, line) {
  const at = Math.max(places.findLastIndex((place) => place.line <= line), 0);
  const { element, line: first, end } = places[at];
  const box = element.getBoundingClientRect();
  const within = Math.min(Math.max((line - first) / (end - first + 1), 0), 1);
  const next = places[at + 1]?.element.getBoundingClientRect().top ?? box.bottom;
  const height = line > end + 1 ? next - box.top : box.height * within;
  return element.ownerDocument.scrollingElement.scrollTop + box.top + height;
}

function lineAtHeight(places, height) {
  const scrolled = places[0].element.ownerDocument.scrollingElement.scrollTop;
  const boxes = places.map((place) => place.element.getBoundingClientRect());
  const at = boxes.findLastIndex((box) => box.top + scrolled <= height);
  if (at < 0) {
    return 1;
  }
  const within = Math.min((height - scrolled - boxes[at].top) / (boxes[at].height || 1), 1);
  return places[at].line + within * (places[at].end - places[at].line + 1);
}

function goTo(target, places) {
  const place = places.find(({ element }) => element.contains(target));
  const part = target.closest("h1, .short-description, .infobox, .notes, .references, .names, .categories");
  const anchor = { H1: "id_title", P: "id_short_description" }[part?.tagName] ?? `${part?.classList[0]}-group`;
  const detail = place ? { anchor: "id_body", line: place.line, column: 1 } : part && { anchor };
  if (detail) {
    document.dispatchEvent(new CustomEvent("desk:go", { detail }));
  }
}

// --- Lines and heights of the text ---

function lines() {
  const detail = {};
  document.dispatchEvent(new CustomEvent("desk:lines", { detail }));
  return detail.lineAt ? detail : linesOfTextarea();
}

let measured = { text: null };

// A textarea does not tell where its lines are: a twin that nobody sees does.
function linesOfTextarea() {
  if (measured.text !== body.value || measured.width !== body.clientWidth) {
    measured = { text: body.value, width: body.clientWidth, tops: measure() };
  }
  const { tops } = measured;
  // Where a field cannot grow with its text, it scrolls by itself.
  const scrolls = body.scrollHeight > body.clientHeight + 4;
  const offset = () => body.getBoundingClientRect().top - body.scrollTop;
  return {
    scrolls,
    lineAt(height) {
      const at = tops.findLastIndex((one) => one <= height - offset());
      return at < 0 ? 0 : at + 1 + Math.min((height - offset() - tops[at]) / ((tops[at + 1] ?? Infinity) - tops[at]), 1);
    },
    topOf(line) {
      const at = Math.min(Math.max(Math.floor(line), 1), tops.length - 1) - 1;
      return offset() + tops[at] + (line - at - 1) * (tops[at + 1] - tops[at]);
    },
  };
}

function measure() {
  const twin = document.createElement("div");
  const style = getComputedStyle(body);
  for (const name of ["font", "letterSpacing", "paddingTop", "paddingLeft", "paddingRight", "lineHeight", "tabSize"]) {
    twin.style[name] = style[name];
  }
  Object.assign(twin.style, {
    position: "absolute", visibility: "hidden", insetBlockStart: "0", boxSizing: "border-box",
    width: `${body.clientWidth}px`, whiteSpace: "pre-wrap", overflowWrap: "break-word",
  });
  for (const line of body.value.split("\n")) {
    const row = document.createElement("div");
    row.textContent = line || "\u200b";
    twin.append(row);
  }
  document.body.append(twin);
  const tops = [...twin.children].map((row) => row.offsetTop);
  tops.push(twin.offsetHeight);
  twin.remove();
  return tops;
}
