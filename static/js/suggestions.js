// Suggests titles while somebody types in a search field: a combobox with its list below.
export function start(first) {
  document.querySelectorAll(".search-form input").forEach(suggest);
  first.dispatchEvent(new Event("input"));
}

function suggest(input) {
  const list = document.createElement("ul");
  Object.assign(list, { id: `${input.id}-list`, role: "listbox", hidden: true, ariaLabel: input.labels[0].textContent });
  input.after(list);
  Object.assign(input, { role: "combobox", ariaAutoComplete: "list", ariaExpanded: "false" });
  input.setAttribute("aria-controls", list.id);
  let asking;
  let active = -1;

  function point(at) {
    active = at;
    [...list.children].forEach((one, place) => (one.ariaSelected = String(place === at)));
    const option = list.children[at];
    option?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option ? option.id : "");
  }

  function open(found) {
    list.replaceChildren(...found.map(({ title, address }, place) => {
      const option = document.createElement("li");
      Object.assign(option, { id: `${list.id}-${place}`, role: "option", textContent: title });
      option.addEventListener("click", () => location.assign(address));
      return option;
    }));
    list.hidden = !found.length;
    input.ariaExpanded = String(!list.hidden);
    point(-1);
  }

  input.addEventListener("input", async () => {
    asking?.abort();
    const mine = (asking = new AbortController());
    const query = input.value.trim();
    if (query.length < 2 || document.activeElement !== input) {
      open([]);
      return;
    }
    try {
      await new Promise((done) => setTimeout(done, 100));
      const answer = await fetch(`/search/suggest/?q=${encodeURIComponent(query)}`, { signal: mine.signal });
      const { suggestions } = await answer.json();
      if (!mine.signal.aborted) {
        open(suggestions);
      }
    } catch {
      // Asked for something else, or no answer: the plain search is there.
    }
  });
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (!count) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      // One place beside the list means the field itself.
      point(((active + 1 + (event.key === "ArrowDown" ? 1 : count)) % (count + 1)) - 1);
    } else if (event.key === "Escape") {
      open([]);
    } else if (event.key === "Enter" && active >= 0) {
      list.children[active].click();
    } else {
      return;
    }
    event.preventDefault();
  });
  input.addEventListener("blur", () => open([]));
  // The field keeps the focus while the pointer chooses.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("mousedown", (event) => event.preventDefault());
}
