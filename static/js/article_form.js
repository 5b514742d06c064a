// The article's form works without scripts. This one makes the search fields of a row when the row comes into sight:
// a long article has hundreds, and making them all at once holds the browser up for minutes.

"use strict";

const whenInSight = new IntersectionObserver(
  (entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      whenInSight.unobserve(entry.target);
      makeSearch(entry.target);
    }
  },
  { rootMargin: "100%" },
);

function makeSearch(select) {
  django.jQuery(select).djangoAdminSelect2();
  // Said to screen readers: what is searched for, then what is chosen.
  const label = document.querySelector(`label[for="${select.id}"]`);
  const selection = select.nextElementSibling.querySelector(".select2-selection");
  const shown = selection.querySelector(".select2-selection__rendered");
  label.id = `${select.id}-label`;
  shown.setAttribute("aria-labelledby", label.id);
  selection.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
}

function watch(root) {
  root.querySelectorAll('.row-search:not([name*="__prefix__"])').forEach((select) => whenInSight.observe(select));
}

document.addEventListener("DOMContentLoaded", () => watch(document));
document.addEventListener("formset:added", (event) => watch(event.target));
