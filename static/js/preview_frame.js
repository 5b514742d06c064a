// Draws each answer into the preview's frame, with the stylesheets that readers get, as a phone, a desktop, on paper,
// light or dark. No script runs inside. `desk:drawn` on the document tells that it is there, detail {page, blocks}, and
// `desk:fitted` that it was set to another width.

"use strict";

const PAPER = 794; // pixels of an A4 page's width
const EDGES = "2cm 1.8cm"; // as `@page` in print.css
const panel = document.getElementById("panel-preview");
const frame = panel?.querySelector(".preview-frame");

if (frame) {
  const box = frame.parentElement;
  const as = document.getElementById("preview-as");
  const colours = document.getElementById("preview-colours");
  const head = panel.querySelector(".preview-head");
  const opened = openPage(frame, head.innerHTML);
  panel.querySelectorAll(".preview-choice").forEach((choice) => { choice.hidden = false; });
  box.hidden = false;

  const fit = () => setWidth(box, frame, as.value);
  const dress = async () => setMedia(await opened, as.value === "print", colours.value);
  const choose = async () => {
    fit();
    await dress();
    document.dispatchEvent(new CustomEvent("desk:fitted"));
  };
  as.addEventListener("change", choose);
  colours.addEventListener("change", choose);
  new ResizeObserver(fit).observe(box);

  document.addEventListener("desk:checked", async ({ detail }) => {
    if (detail.html === null) {
      return;
    }
    const page = await opened;
    draw(page.getElementById("main"), detail.html);
    document.dispatchEvent(new CustomEvent("desk:drawn", { detail: { page, blocks: detail.blocks } }));
  });
}

function openPage(frame, head) {
  const { lang, dir } = document.documentElement;
  return new Promise((resolve) => {
    frame.addEventListener("load", () => {
      keepHere(frame.contentDocument);
      resolve(frame.contentDocument);
    }, { once: true });
    frame.srcdoc = `<!doctype html><html lang="${lang}" dir="${dir || "ltr"}"><head>${head}</head>`
      + '<body><main id="main" class="frame"></main></body></html>';
  });
}

// Links inside the page lead to their place in it, others to a tab of their own: nothing leads away from the form.
function keepHere(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) {
      return;
    }
    event.preventDefault();
    const address = link.getAttribute("href");
    if (address.startsWith("#")) {
      page.getElementById(decodeURIComponent(address.slice(1)))?.scrollIntoView({ block: "center" });
    } else {
      window.open(link.href, "_blank", "noopener");
    }
  });
}

// Only what differs is put in place of what was there: pictures do not flicker and the page does not jump.
function draw(place, html) {
  const made = place.ownerDocument.createElement("main");
  made.innerHTML = html;
  replaceChildren(place, made);
}

function replaceChildren(before, after) {
  const old = [...before.childNodes];
  const fresh = [...after.childNodes];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start].isEqualNode(fresh[start])) {
    start += 1;
  }
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end).isEqualNode(fresh.at(-1 - end))) {
    end += 1;
  }
  const gone = old.slice(start, old.length - end);
  const come = fresh.slice(start, fresh.length - end);
  if (gone.length === 1 && come.length === 1 && isBox(gone[0]) && isLike(gone[0], come[0])) {
    replaceChildren(gone[0], come[0]);
    return;
  }
  const next = old[old.length - end] ?? null;
  // Where as many went as come, each takes the place of its like: a word in the lead leaves the sections alone.
  if (gone.length === come.length && gone.every((one, index) => isLike(one, come[index]))) {
    gone.forEach((one, index) => (isBox(one) ? replaceChildren(one, come[index]) : one.replaceWith(come[index])));
    return;
  }
  gone.forEach((one) => one.remove());
  come.forEach((one) => before.insertBefore(one, next));
}

function isBox(node) {
  return node.nodeType === 1 && node.matches("article, div, ol, section, aside, nav");
}

function isLike(one, other) {
  return one.nodeName === other.nodeName && one.id === other.id && one.className === other.className;
}

function setWidth(box, frame, as) {
  const wanted = as === "print" ? PAPER : Number(as) || box.clientWidth;
  const scale = Math.min(1, box.clientWidth / wanted);
  Object.assign(frame.style, {
    width: `${wanted}px`,
    height: `${box.clientHeight / scale}px`,
    transform: scale < 1 ? `scale(${scale})` : "",
    marginInline: scale < 1 || wanted === box.clientWidth ? "0" : "auto",
  });
}

// A page cannot choose its medium: the stylesheet for paper is told that it is on paper, or is not.
function setMedia(page, onPaper, colours) {
  page.querySelector("link.on-paper").media = onPaper ? "all" : "print";
  page.documentElement.style.colorScheme = onPaper ? "light" : colours;
  page.body.style.padding = onPaper ? EDGES : "";
}
