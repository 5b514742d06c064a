// The contents of the form say where one is.

"use strict";

const links = [...document.querySelectorAll(".workbar .parts a")];
const parts = new Map(links.map((link) => [document.getElementById(link.hash.slice(1))?.closest("fieldset"), link]));
const seen = new Set();

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    isIntersecting ? seen.add(target) : seen.delete(target);
  }
  const first = [...parts.keys()].find((part) => seen.has(part));
  links.forEach((link) => (parts.get(first) === link ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
}, { rootMargin: "-15% 0px -60% 0px" });

for (const part of parts.keys()) {
  if (part) {
    watcher.observe(part);
  }
}
