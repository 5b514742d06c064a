// Reads out what happened to somebody who does not see it: `desk:say` on the document, detail {words, values}. `words`
// names a sentence of #row-words; %1, %2 … stand for the values.

"use strict";

const said = document.getElementById("said");
const words = document.getElementById("row-words");

document.addEventListener("desk:say", ({ detail }) => {
  if (said && words) {
    const sentence = words.dataset[detail.words] ?? "";
    said.textContent = sentence.replace(/%(\d)/g, (_all, number) => detail.values[number - 1] ?? "");
  }
});
