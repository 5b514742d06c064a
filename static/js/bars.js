// What is gone to by keys or links does not come to lie under the bars that stick above and below: how high they are,
// and so how much of the window they cover, depends on its width and on what they say.
//
// A bar below that would take more than a third of the window sticks no more.

"use strict";

const page = document.documentElement;
const bars = { "--bar-above": document.querySelector(".workbar"), "--bar-below": document.querySelector(".save-bar") };
const watcher = new ResizeObserver(measure);
Object.values(bars).filter(Boolean).forEach((bar) => watcher.observe(bar));
window.addEventListener("resize", measure);

function measure() {
  const below = bars["--bar-below"];
  below?.classList.toggle("is-high", below.offsetHeight * 3 > window.innerHeight);
  for (const [name, bar] of Object.entries(bars)) {
    if (bar) {
      page.style.setProperty(name, getComputedStyle(bar).position === "sticky" ? `${bar.offsetHeight}px` : "0px");
    }
  }
}
