// Shows what a mark stands for beside it, and around a backlink the words to which it leads, without leaving the place.
import { choose } from "./comfort.js";

const MARK = "[role=doc-noteref]";
const ANY = `${MARK}, [role=doc-backlink]`;
const choices = document.documentElement.dataset;
const box = document.createElement("div");
box.className = "preview";
box.popover = "manual";
let shown = null;
let wanted = null;
let timer;

export function start(first, { type, pointerType }) {
  document.querySelectorAll("[role=doc-backlink]").forEach(sayWhere);
  const on = (type, act) => document.addEventListener(type, act);
  on("pointerover", ({ target, pointerType }) => {
    const link = box.contains(target) ? shown : target.closest(ANY);
    if (pointerType !== "touch") {
      later(link, link ? 120 : 300);
    }
  });
  on("focusin", ({ target }) => {
    if (target.matches(`:is(${ANY}):focus-visible`) && !box.contains(target)) {
      show(target);
    } else if (!box.contains(target)) {
      hide();
    }
  });
  on("click", (event) => {
    const link = event.target.closest(ANY);
    if (!box.contains(event.target) && !(link && link === shown)) {
      hide();
      if (event.pointerType === "touch" && link?.matches(MARK) && show(link)) {
        event.preventDefault();
      }
    } else if (link) {
      hide();
    }
  });
  on("keydown", (event) => {
    if (event.key === "Escape" && shown) {
      if (box.contains(document.activeElement)) {
        shown.focus({ preventScroll: true });
      }
      hide();
    }
  });
  addEventListener("hashchange", hide);
  if (type === "click" || pointerType !== "touch") {
    show(first);
  }
}

// Shows the preview of `link` soon, or with null hides it, unless something else is asked for before.
function later(link, after) {
  if (link !== wanted) {
    wanted = link;
    clearTimeout(timer);
    timer = setTimeout(() => (link ? show(link) : hide()), after);
  }
}

function hide() {
  clearTimeout(timer);
  box.remove();
  shown = wanted = null;
}

function show(link) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (choices.previews === "off" || !target || link === shown) {
    return false;
  }
  hide();
  shown = wanted = link;
  box.replaceChildren(...(link.matches(MARK) ? entryOf(link, target) : [around(target)]), ways(link));
  link.parentElement.after(box);
  box.showPopover();
  place(link);
  return true;
}

// The entry of a mark with the very place that the mark names; a note with what it cites.
function entryOf(link, entry) {
  const words = copy(entry);
  const head = document.createElement("p");
  head.className = "label";
  const locator = link.parentElement.querySelector(".locator");
  head.append(link.textContent.slice(1, -1), locator ? `: ${locator.textContent}` : "");
  const cited = [...new Set([...entry.querySelectorAll(".citation a")].map((mark) => mark.hash))];
  const list = document.createElement("ol");
  for (const hash of entry.closest(".notes") ? cited : []) {
    const source = document.getElementById(decodeURIComponent(hash.slice(1)));
    const row = copy(source, "li");
    row.value = [...source.parentElement.children].indexOf(source) + 1;
    list.append(row);
  }
  return list.firstChild ? [head, words, list] : [head, words];
}

function copy(entry, name = "div") {
  const made = document.createElement(name);
  made.append(...entry.cloneNode(true).childNodes);
  made.querySelectorAll(".backlinks, .preview, .report.here").forEach((one) => one.remove());
  made.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
  return made;
}

// The words of a block before and behind a mark.
function wordsAround(mark) {
  const block = mark.closest("p, li, td, th, figcaption, h2, h3, dd") || mark.parentElement;
  const range = document.createRange();
  range.selectNodeContents(block);
  range.setEndBefore(mark);
  const before = plain(range);
  range.selectNodeContents(block);
  range.setStartAfter(mark);
  return [ending(before.trimStart().split(/(?<=[.!?…”]) (?=\p{Lu})/u).pop(), 160), plain(range).split(/(?<=[.!?…]) /)[0].slice(0, 160)];
}

// The last words of a text, not many more letters than `most`.
function ending(text, most) {
  const cut = text.length - most;
  return cut > 0 ? `… ${text.slice(text.indexOf(" ", cut) + 1)}` : text;
}

function plain(range) {
  const part = range.cloneContents();
  part.querySelectorAll("sup, .backlinks, .preview, .report.here").forEach((one) => one.remove());
  return part.textContent.replace(/\s+/g, " ");
}

function around(mark) {
  const [before, behind] = wordsAround(mark);
  const words = document.createElement("p");
  const sign = document.createElement("mark");
  sign.textContent = mark.textContent;
  words.append(before, sign, behind);
  return words;
}

function sayWhere(backlink) {
  const mark = document.getElementById(decodeURIComponent(backlink.hash.slice(1)));
  const said = mark && ending(wordsAround(mark)[0].trim(), 80);
  if (said) {
    const name = backlink.ariaLabel || `${backlink.parentElement.ariaLabel} ${backlink.textContent}`;
    backlink.ariaLabel = `${name}: ${said}`;
  }
}

// The way to the entry, or to the mark, and the switch.
function ways(link) {
  const words = document.querySelector("#preview-end");
  if (!words) return ""; // a comparison, whose marks lead through its own page only
  const end = words.content.cloneNode(true);
  end.querySelector("a").href = link.hash;
  end.querySelector("button").addEventListener("click", () => {
    choose("previews", "off");
    hide();
  });
  return end;
}

// Below the mark, or above it where there is no room; on narrow screens the stylesheet sets it at the bottom.
function place(link) {
  const at = link.getClientRects()[0];
  const { offsetHeight: height, offsetWidth: width } = box;
  const above = at.bottom + height + 8 > innerHeight && at.top > height + 8;
  const left = Math.max(8, Math.min(at.left - 24, document.documentElement.clientWidth - width - 8));
  box.style.setProperty("--x", `${left + scrollX}px`);
  box.style.setProperty("--y", `${(above ? at.top - height : at.bottom) + scrollY}px`);
}
