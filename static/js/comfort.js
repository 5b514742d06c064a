// Text size, width, colours and previews: what the reader chooses holds at once and is remembered on this device.
const choices = document.documentElement.dataset;
const form = document.querySelector("#reading");

export function start() {
  // On a slow line somebody may have chosen before this came: the page comes with nothing checked.
  for (const input of form.querySelectorAll("input:checked")) {
    choose(input.name, input.value);
  }
  for (const input of form.querySelectorAll("input")) {
    input.checked = input.value === (choices[input.name] || "");
  }
  form.addEventListener("change", ({ target }) => choose(target.name, target.value));
}

export function choose(name, value) {
  choices[name] = value;
  const { size, width, colours, previews } = choices;
  try {
    localStorage.reading = JSON.stringify({ size, width, colours, previews });
  } catch {
    // It holds on this page only.
  }
}
