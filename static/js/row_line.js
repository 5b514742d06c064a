// The line of a closed row says what is in its fields, while one types too, and how often the text uses it.
// What the server writes there is told in articles/admin/row_lines.py.

"use strict";

const form = document.getElementById("article_form");
const words = document.getElementById("row-words")?.dataset;
const LONGEST = 240;
const MARKS = {
  references: /@([\p{L}\p{N}_][\p{L}\p{N}_:.#$%&+?<>~/-]*)/gu,
  notes: /\[\^([^\]\s]+)\]/gu,
  figures: /!\[\[([^\]]+)\]\]/gu,
};
const MARKED = /\[[@^][^[\]]*\]/g; // Citations and notes: in a line there is room for the words only.
const LINK = /\[\[(?:[^[\]|]*\|)?([^[\]|]*)\]\]/g;
let due = 0;

if (form && words) {
  form.addEventListener("input", follow);
  form.addEventListener("change", follow);
  document.addEventListener("formset:added", countSoon);
  document.addEventListener("formset:removed", countSoon);
  // The search field of sources tells its changes to jQuery alone.
  window.django?.jQuery(form).on("change", ".row-search", follow);
  countSoon();
}

function follow(event) {
  const row = event.target.closest?.(".inline-related");
  const name = row?.closest(".inline-group.folds")?.dataset.prefix;
  if (name && event.target.name?.startsWith(row.id)) {
    write(row, name);
  }
  countSoon();
}

function write(row, name) {
  const field = (cell) => row.querySelector(`[name="${row.id}-${cell}"]`);
  const text = (cell) => field(cell)?.value.trim() ?? "";
  const label = (cell) => field(cell)?.selectedOptions?.[0]?.textContent.trim() ?? "";
  let line = { head: text("key"), text: "", by: "" };
  if (name === "infobox") {
    const side = text("side") === "all" ? words.all : text("side") && words.side.replace("%s", text("side"));
    line = { head: [label("field"), side].filter(Boolean).join(", "), text: unmarked(text("value")), by: unmarked(text("attribution")) };
  } else if (name === "references") {
    const pages = text("pages") && words.pages.replace("%s", text("pages"));
    line.text = [label("source") || text("text"), pages].filter(Boolean).join(", ");
  } else if (name === "notes") {
    line.text = text("text");
  } else {
    line.text = text("caption") || text("alt");
  }
  put(row, ".row-head", line.head || words.new);
  put(row, ".row-text", line.text);
  put(row, ".row-by", line.by);
}

function unmarked(text) {
  return text.replace(MARKED, "").replace(LINK, "$1") || text;
}

function put(row, part, text) {
  const short = text.replace(/\s+/g, " ");
  row.querySelector(part).textContent = short.length > LONGEST ? `${short.slice(0, LONGEST - 1)}…` : short;
}

function countSoon() {
  clearTimeout(due);
  due = setTimeout(() => {
    countUses();
    form.querySelectorAll(".inline-group").forEach(countRows);
  }, 500);
}

// The heading of a list says how many of its rows say something, as the server does.
function countRows(group) {
  const says = (row) => [...row.querySelectorAll(".cell :is(input:not([type=hidden]), textarea)")].some((one) => one.value.trim());
  const rows = [...group.querySelectorAll(".inline-rows > .inline-related:not(.is-struck)")];
  group.querySelector(".inline-heading .count").textContent = rows.filter(says).length || "";
}

// A key may end with a full stop or a colon of the sentence around it: it is tried with and without.
function countUses() {
  const texts = [...form.querySelectorAll("textarea, .cell-attribution input")].filter(isWritten).map((one) => one.value);
  const whole = texts.join("\n");
  for (const [name, mark] of Object.entries(MARKS)) {
    const counts = new Map();
    for (const [, key] of whole.matchAll(mark)) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const bare = key.replace(/[.:?]+$/, "");
      if (bare !== key) {
        counts.set(bare, (counts.get(bare) ?? 0) + 1);
      }
    }
    document.querySelectorAll(`#${name}-group .inline-related`).forEach((row) => tellUses(row, counts));
  }
  document.dispatchEvent(new CustomEvent("desk:counted"));
}

function isWritten(field) {
  const row = field.closest(".inline-related");
  return !row?.classList.contains("is-struck");
}

function tellUses(row, counts) {
  const key = row.querySelector(`[name="${row.id}-key"]`)?.value.trim();
  const place = row.querySelector(".row-uses");
  const infobox = row.querySelector(`[name="${row.id}-placement"]`)?.value === "infobox";
  const number = counts.get(key) ?? 0;
  const told = number === 1 ? words.once : words.uses.replace("%s", number);
  place.textContent = !key || infobox ? "" : number ? told : words.unused;
  place.classList.toggle("is-none", !number);
}
