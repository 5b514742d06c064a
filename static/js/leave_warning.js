// Warns before the form is left while the server has not got what was typed. What it has, or is about to get, is left
// without a question.

"use strict";

let safe = true;

function warn(event) {
  event.preventDefault();
}

function watch() {
  // Only while it is needed: a page that listens cannot be kept for the back button.
  if (safe) {
    window.removeEventListener("beforeunload", warn);
  } else {
    window.addEventListener("beforeunload", warn);
  }
}

document.addEventListener("desk:kept", ({ detail }) => {
  safe = detail.safe;
  watch();
});

document.getElementById("article_form")?.addEventListener("submit", (event) => {
  if (!event.defaultPrevented && !event.submitter?.formTarget) {
    safe = true;
    watch();
  }
});
