// The picker: finds a reference of this article or a source of the library, takes a page, and inserts the citation.
// Opened by `desk:pick`, by buttons with data-cite, and by `desk:make-source` with the text of a new source.

import { addReference, references } from "./article_references.js";
import { QuickSource } from "./quick_source.js";

const MOST = 20;
const dialog = document.getElementById("citation-picker");
if (dialog && document.getElementById("references-group")) start();

function start() {
  const form = dialog.querySelector("form");
  const { words, locator } = form.elements;
  const list = dialog.querySelector("[role=listbox]");
  const state = dialog.querySelector(".picker-state");
  const shown = dialog.querySelector(".picker-citation");
  const insert = dialog.querySelector("[type=submit]");
  const said = document.getElementById("picker-said");
  const source = new QuickSource(dialog, cite);
  let options = [];
  let active = -1;
  let asked = null;
  let foundNothing = false; // by the server too: until it has answered, Enter waits for it
  let searching = Promise.resolve();

  document.addEventListener("desk:pick", (event) => {
    event.preventDefault();
    open(false);
  });
  document.addEventListener("desk:make-source", ({ detail }) => {
    open(true);
    source.start(detail.text);
  });
  document.addEventListener("click", ({ target }) => { if (target.closest("[data-cite]")) open(false); });
  document.querySelectorAll("[data-cite]").forEach((button) => { button.hidden = false; });

  words.addEventListener("input", () => { searching = search(); });
  words.addEventListener("keydown", move);
  locator.addEventListener("keydown", move);
  locator.addEventListener("input", showCitation);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (!option) return;
    activate([...list.children].indexOf(option));
    locator.focus();
  });
  dialog.querySelector("[data-new]").addEventListener("click", () => {
    const text = words.value.trim();
    showNew(true);
    source.start(text && !options.some((one) => one.key === text) ? text : null);
  });
  dialog.querySelector("[data-back]").addEventListener("click", () => showNew(false));
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  // Escape leaves the new source first; what was typed of it is there when one comes back.
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog || !isNew()) return;
    event.preventDefault();
    showNew(false);
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isNew()) {
      await source.create();
      return;
    }
    await searching;
    if (options[active]) cite(options[active]);
    else words.focus();
  });

  function open(withNew) {
    words.value = "";
    locator.value = "";
    said.textContent = "";
    if (!dialog.open) dialog.showModal();
    showNew(withNew);
    searching = search();
  }

  function isNew() {
    return dialog.classList.contains("is-new");
  }

  function showNew(on) {
    dialog.classList.toggle("is-new", on);
    insert.textContent = on ? insert.dataset.add : insert.dataset.insert;
    offerInsert();
    if (on && source.hasCopies) insert.textContent = insert.dataset.all;
    (on ? source.paste : words).focus();
  }

  // Where nothing is found there is nothing to insert: a new source is what is left.
  function offerInsert() {
    insert.disabled = !isNew() && foundNothing;
  }

  // --- Finding ---

  async function search() {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    const text = words.value.trim();
    const own = references();
    foundNothing = false;
    offerInsert();
    show(matching(own, text).map((one) => ({ ...one, own: true })));
    if (!text) return;
    let found;
    try {
      const response = await fetch(`${dialog.dataset.find}?${new URLSearchParams({ q: text })}`, { signal });
      if (!response.ok || response.redirected) throw new Error(response.statusText);
      found = (await response.json()).results;
    } catch {
      if (!signal.aborted) state.textContent = dialog.dataset.failed;
      return;
    }
    if (signal.aborted) return;
    const chosen = options[active];
    const inArticle = new Set(found.map((one) => String(one.id)));
    const local = new Set(matching(own, text));
    const cited = own.filter((one) => local.has(one) || inArticle.has(one.source)).map((one) => ({ ...one, own: true }));
    const used = new Set(own.map((one) => one.source));
    show([...cited, ...found.filter((one) => !used.has(String(one.id)))], chosen);
    if (options.length) return;
    state.textContent = dialog.dataset.none;
    foundNothing = true;
    offerInsert();
  }

  function show(found, chosen) {
    options = found.slice(0, MOST);
    list.replaceChildren(...options.map(optionOf));
    words.setAttribute("aria-expanded", String(options.length > 0));
    const again = chosen ? options.findIndex((one) => one.key === chosen.key && one.own === chosen.own) : 0;
    activate(options.length ? Math.max(again, 0) : -1);
    state.textContent = options.length ? dialog.dataset.count.replace("%s", options.length) : "";
  }

  function optionOf(one, index) {
    const option = document.createElement("li");
    option.id = `picker-option-${index}`;
    option.setAttribute("role", "option");
    const about = one.own ? one.pages : one.container;
    option.append(
      part("picker-key", one.own ? one.key : ""),
      part("picker-label", one.label || one.text),
      part("picker-about", [about, one.own ? dialog.dataset.own : dialog.dataset.library].filter(Boolean).join(" · ")),
    );
    return option;
  }

  function part(name, text) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  }

  function activate(index) {
    active = index;
    [...list.children].forEach((one, place) => one.setAttribute("aria-selected", String(place === index)));
    if (index < 0) words.removeAttribute("aria-activedescendant");
    else words.setAttribute("aria-activedescendant", list.children[index].id);
    list.children[index]?.scrollIntoView({ block: "nearest" });
    showCitation();
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !options.length || event.isComposing) return;
    event.preventDefault();
    activate((active + step + options.length) % options.length);
  }

  // --- Citing ---

  function showCitation() {
    const one = options[active];
    shown.textContent = one ? citation(one.key) : "";
  }

  function citation(key) {
    const place = locatorOf(locator.value);
    return place ? `[@${key}, ${place}]` : `[@${key}]`;
  }

  function cite(one) {
    const own = one.own ? one : references().find((row) => row.source === String(one.id));
    const key = own ? own.key : addReference(one);
    const text = citation(key);
    dialog.close();
    document.dispatchEvent(new CustomEvent("desk:insert", { detail: { text } }));
    said.textContent = (own ? dialog.dataset.cited : dialog.dataset.added).replace("%s", text);
  }
}

// References of this article that hold all words somewhere; one whose key is what was typed comes first.
function matching(own, text) {
  const wanted = fold(text).split(" ").filter(Boolean);
  const found = own.filter((one) => {
    const words = fold(`${one.key} ${one.label} ${one.text} ${one.pages}`);
    return wanted.every((word) => words.includes(word));
  });
  return found.sort((one, other) => (other.key === text) - (one.key === text));
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// Figures alone are pages. What would end the bracket is left out.
function locatorOf(text) {
  const place = text.replace(/[[\]\\]/g, "").replace(/;\s*@/g, ", ").replace(/\s+/g, " ").trim();
  if (!/^[\divxlc]+(\s*[-–,]\s*[\divxlc]+)*$/i.test(place) || !/\d|^[ivxlc]+$/i.test(place)) return place;
  const pages = place.replace(/\s*[-–]\s*/g, "–").replace(/\s*,\s*/g, ", ");
  return `${/[–,]/.test(pages) ? "pp." : "p."} ${pages}`;
}
