// Puts "Report an error" on the paragraph, figure or row of the infobox where the reader is.
const BLOCK = ".lead-opening > *, .lead-rest > *, .sections > *, .infobox tr";
const MOST = 300;
const page = document.querySelector("a.report");
const link = page?.cloneNode(true);

export function start(first) {
  if (link) {
    link.classList.add("here");
    document.addEventListener("pointerover", ({ target }) => put(target.closest?.(BLOCK)));
    document.addEventListener("focusin", ({ target }) => put(target.closest(BLOCK)));
    link.addEventListener("pointerdown", aim);
    link.addEventListener("focus", aim);
    link.addEventListener("click", aim);
    put(first);
  }
}

function put(block) {
  const place = block?.matches("tr") ? block.lastElementChild : block?.matches("p, figure") && block;
  if (place && place !== link.parentElement && !link.matches(":focus")) {
    place.append(link);
  }
}

// What is selected is meant, or else the whole block.
function aim() {
  const block = link.closest(BLOCK);
  const chosen = String(getSelection()).trim();
  const copy = block.cloneNode(true);
  copy.querySelectorAll(".report, .who, sup, .preview").forEach((one) => one.remove());
  const cells = [...copy.querySelectorAll("th[scope=row], li")];
  const words = block.matches("tr") ? cells.map((one) => one.textContent.trim()).join("; ") : copy.textContent;
  const address = new URL(page.href);
  const anchor = block.id || block.querySelector("[id]")?.id || "";
  address.searchParams.set("at", anchor);
  address.searchParams.set("text", (chosen || words).replace(/\s+/g, " ").trim().slice(0, MOST));
  link.href = address;
}
