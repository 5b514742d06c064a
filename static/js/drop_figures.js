// A picture that came into the library by `desk:image` gets a row among the article's figures, with the image chosen, a
// key made from its name and its alternative text; a button puts its mark into the text.

"use strict";

const group = document.getElementById("figures-group");
const drop = document.getElementById("drop");

if (group && drop?.dataset.into === "article") {
  document.addEventListener("desk:image", ({ detail }) => {
    const row = blankRow() ?? addedRow();
    const key = freeKey(detail.name);
    choose(field(row, "image"), detail.image);
    fill(field(row, "key"), key);
    fill(field(row, "alt"), detail.alt);
    showPicture(row, detail.image);
    detail.say(`${drop.dataset.figure} ${key}. `);
    detail.say(placeButton(key));
  });
}

function field(row, name) {
  return row.querySelector(`[name$="-${name}"]`);
}

function rows() {
  return [...group.querySelectorAll(".inline-related:not(.empty-form)")];
}

function blankRow() {
  const words = ["key", "image", "alt", "caption"];
  return rows().find((row) => words.every((word) => field(row, word) && !field(row, word).value));
}

// The list has one way of adding a row.
function addedRow() {
  let added = null;
  group.addEventListener("formset:added", (event) => { added = event.target; }, { once: true });
  group.querySelector(".add-row a, .add-row button").click();
  return added;
}

function freeKey(name) {
  const taken = new Set(rows().map((row) => field(row, "key")?.value));
  const plain = name.replace(/\.[^.]*$/, "").normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  const stem = plain.slice(0, 40).toLowerCase() || "figure";
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? stem : `${stem}-${number}`;
    if (!taken.has(key)) {
      return key;
    }
  }
}

function choose(select, image) {
  select.append(new Option(image.label, image.id, true, true));
  fill(select, image.id);
}

function fill(input, text) {
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function showPicture(row, image) {
  row.querySelector(".cell.picture")?.remove();
  const cell = Object.assign(document.createElement("div"), { className: "cell picture" });
  const img = Object.assign(document.createElement("img"), { src: image.small, width: image.width, height: image.height, alt: "" });
  const words = [image.credit, image.licence].filter(Boolean).join(" · ");
  cell.append(img, Object.assign(document.createElement("p"), { textContent: words }));
  (row.querySelector(".row-fields") ?? row).append(cell);
}

function placeButton(key) {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: drop.dataset.place });
  button.className = "drop-place";
  button.addEventListener("click", () => {
    document.dispatchEvent(new CustomEvent("desk:insert", { detail: { text: `\n\n![[${key}]]\n\n` } }));
  });
  return button;
}
