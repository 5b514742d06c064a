// Chooses one side wherever nothing is chosen yet, and counts the choices beside the button that saves.

const form = document.getElementById("settle_form");
const count = document.getElementById("settle-count");
const all = document.getElementById("choose-all");
const clashes = [...form.querySelectorAll(".clash")];

if (all) {
  all.hidden = false;
  all.addEventListener("click", ({ target }) => target.dataset.way && chooseOpen(target.dataset.way));
}
if (count) {
  form.addEventListener("input", tell);
  tell();
}

function isOpen(clash) {
  return !clash.querySelector(".way :checked");
}

function chooseOpen(way) {
  for (const clash of clashes.filter(isOpen)) {
    clash.querySelector(`.way [value="${way}"]`).checked = true;
  }
  form.dispatchEvent(new Event("input"));
}

function tell() {
  const open = clashes.filter(isOpen).length;
  const words = count.dataset.words.replace("%1", clashes.length - open).replace("%2", clashes.length);
  // It is read out whenever it is written, and one types here.
  if (count.textContent !== words) count.textContent = words;
  all?.querySelectorAll("button").forEach((button) => { button.disabled = !open; });
}
