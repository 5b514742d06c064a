// The panels beside the text, as tabs. On a wide screen the text stays beside the chosen one; on a narrow one the text is
// a tab of its own. Without this script all panels stand one under the other.
//
// Others show a panel by `desk:panel` on the document, detail {panel: "preview"}; the panel shown is told by
// `desk:shown`, detail {panel}.

"use strict";

const bench = document.querySelector(".workbench");
const bar = bench?.querySelector(".panel-tabs");
if (bar) {
  makeTabs(bench, bar);
}

function makeTabs(bench, bar) {
  const tabs = [...bar.querySelectorAll("[role=tab]")];
  const wide = window.matchMedia("(min-width: 68.75rem)");
  let beside = "panel-problems"; // Which panel stands beside the text.
  let chosen = "writing";

  for (const tab of tabs) {
    const panel = document.getElementById(tab.dataset.panel);
    tab.setAttribute("aria-controls", panel.id);
    if (panel.id !== "writing") {
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = -1;
    }
    tab.addEventListener("click", () => show(tab.dataset.panel));
  }

  function offered() {
    return tabs.filter((tab) => !(wide.matches && tab.dataset.panel === "writing"));
  }

  function draw() {
    const shown = wide.matches ? beside : chosen;
    bench.classList.toggle("shows-panel", shown !== "writing");
    for (const tab of tabs) {
      const active = tab.dataset.panel === shown;
      tab.setAttribute("aria-selected", active);
      tab.tabIndex = active ? 0 : -1;
      if (tab.dataset.panel !== "writing") {
        document.getElementById(tab.dataset.panel).hidden = !active;
      }
    }
  }

  function show(panel) {
    chosen = panel;
    if (panel !== "writing") {
      beside = panel;
    }
    draw();
    document.dispatchEvent(new CustomEvent("desk:shown", { detail: { panel: panel.replace("panel-", "") } }));
  }

  bar.addEventListener("keydown", (event) => {
    const among = offered();
    const at = among.indexOf(event.target);
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: among.length - 1 }[event.key];
    if (at >= 0 && to !== undefined) {
      event.preventDefault();
      const next = among[(to + among.length) % among.length];
      next.focus();
      show(next.dataset.panel);
    }
  });

  document.addEventListener("desk:panel", ({ detail }) => {
    show(detail.panel === "writing" ? "writing" : `panel-${detail.panel}`);
  });
  wide.addEventListener("change", draw);

  bar.hidden = false;
  bench.classList.add("has-tabs");
  draw();
}
