// Loads each behaviour of the readers' pages when somebody comes to use it.
const MARK = "[role=doc-noteref], [role=doc-backlink]";
const BLOCK = ".lead-opening > *, .lead-rest > *, .sections > *, .infobox tr";
const behaviours = [
  { of: MARK, load: () => import("./previews.js") },
  { of: ".search-form input", load: () => import("./suggestions.js") },
  { of: "[popovertarget], #reading", load: () => import("./comfort.js") },
  { of: BLOCK, load: () => import("./report.js") },
];

for (const type of ["pointerover", "focusin", "click"]) {
  addEventListener(type, (event) => behaviours.forEach((one) => begin(one, event)), true);
}

function begin(behaviour, event) {
  const target = !behaviour.started && event.target.closest?.(behaviour.of);
  if (!target) {
    return;
  }
  // A tap shows the preview; it shall not lead away only because the module is still on its way.
  if (behaviour.of === MARK && isTap(event) && document.documentElement.dataset.previews !== "off") {
    event.preventDefault();
  }
  behaviour.last = [target, event];
  behaviour.module ??= behaviour.load().then((module) => {
    behaviour.started = true;
    module.start(...behaviour.last);
  });
}

function isTap({ type, pointerType }) {
  return type === "click" && pointerType === "touch";
}

if (matchMedia("(min-width: 75em)").matches && document.querySelector(".contents")) {
  import("./contents.js");
}
