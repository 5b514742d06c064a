// A name is checked in its own language, from the moment that the language is told.

"use strict";

document.getElementById("article_form")?.addEventListener("input", ({ target }) => {
  const found = /^(names-\d+)-language$/.exec(target.name ?? "");
  if (found) {
    const name = document.querySelector(`[name="${found[1]}-name"]`);
    const language = target.value.trim();
    language ? name.setAttribute("lang", language) : name.removeAttribute("lang");
  }
});
