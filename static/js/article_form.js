// The article's form works without scripts; this one says to screen readers what the search fields of rows are for.

"use strict";

function nameSearches(root) {
  for (const selection of root.querySelectorAll(".cell .select2-selection")) {
    const label = selection.closest(".cell").querySelector("label");
    label.id = `${label.htmlFor}-label`;
    const shown = selection.querySelector(".select2-selection__rendered");
    selection.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    shown.setAttribute("aria-labelledby", label.id);
  }
}

django.jQuery(() => nameSearches(document)); // after the admin's own script has made them
document.addEventListener("formset:added", (event) => setTimeout(nameSearches, 0, event.target));
