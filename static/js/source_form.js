// The form of a source: more rows for contributors, and away with fields that the chosen type makes no use of.
// Without it the form has three blank rows and every field; with it one is enough.

const form = document.getElementById("source_form");
const contributors = document.getElementById("contributors");
if (form && contributors && !form.querySelector("fieldset.shared-fields:disabled")) {
  offerRows(contributors);
  offerFolding(form, JSON.parse(document.getElementById("used-by").textContent));
}

function offerRows(section) {
  const rows = section.querySelector("tbody");
  const blank = section.querySelector("template");
  let number = rows.rows.length + 1000;
  const showMoves = () => section.querySelectorAll("td.move").forEach((cell) => { cell.hidden = false; });
  section.querySelector(".add-row").hidden = false;
  [...rows.rows].filter(isBlank).slice(1).forEach((row) => row.remove());
  showMoves();
  section.addEventListener("click", (event) => {
    if (event.target.closest("[data-add]")) {
      rows.insertAdjacentHTML("beforeend", blank.innerHTML.replaceAll("__prefix__", number++));
      showMoves();
      rows.lastElementChild.querySelector("select").focus();
    } else if (event.target.closest("[data-up]")) {
      // The server reads the rows in the order in which they stand.
      const row = event.target.closest("tr");
      row.previousElementSibling?.before(row);
      event.target.focus();
    }
  });
}

function isBlank(row) {
  return [...row.querySelectorAll("input")].every((input) => !input.value) && !row.querySelector(".errorlist");
}

function offerFolding(form, usedBy) {
  const type = form.elements.type;
  const more = form.querySelector(".more-fields");
  let unfolded = false;

  function fold() {
    let folded = 0;
    for (const [name, types] of Object.entries(usedBy)) {
      const input = form.elements[name];
      const said = input.value || boxOf(input).querySelector(".errorlist");
      const rare = Boolean(type.value) && !types.includes(type.value) && !said;
      boxOf(input).hidden = rare && !unfolded;
      folded += rare;
    }
    hideEmpty(".form-row:has(.form-multiline)", ".form-multiline > div");
    hideEmpty("fieldset.module", ".form-row");
    more.hidden = !folded || unfolded;
  }

  function boxOf(input) {
    return input.closest(".form-multiline > div") ?? input.closest(".form-row");
  }

  function hideEmpty(outer, inner) {
    form.querySelectorAll(outer).forEach((one) => {
      one.hidden = [...one.querySelectorAll(inner)].every((part) => part.hidden);
    });
  }

  type.addEventListener("change", fold);
  more.addEventListener("click", () => { unfolded = true; fold(); });
  fold();
}
