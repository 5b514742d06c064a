// The editor's words in the language of the site; articles/admin/editor_words.py writes them.

const words = JSON.parse(document.getElementById("editor-words").textContent);

// Return the words named `name`, with `values` in the places that bear their names: say("make_row", {key: "hrw"}).
export function say(name, values = {}) {
  return Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, () => value), words[name]);
}

// CodeMirror's own words, from its English to ours.
export const phrases = words.phrases;

let region = null;

// Say `text` to screen readers.
export function announce(text) {
  if (!region) {
    region = document.createElement("div");
    region.className = "visually-hidden";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}
