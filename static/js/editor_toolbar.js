// The bar over the text: what the marks are, for those who do not know them by heart; and the way to plain text.

import { openSearchPanel } from "../vendor/codemirror/codemirror.js";
import * as commands from "./editor_commands.js";
import { say } from "./editor_words.js";

const BUTTONS = [
  ["bold", commands.bold], ["italic", commands.italic], ["heading", commands.heading], ["list", commands.list],
  ["quote", commands.quote], ["link", commands.link], ["cite", commands.cite], ["note", commands.note],
  ["figure", commands.figure], ["search", openSearchPanel],
];

// Return the bar for `field`; `togglePlain` is called when plain text is asked for or the editor again.
export function toolbar(field, togglePlain) {
  const bar = document.createElement("div");
  bar.className = "editor-toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", say("toolbar"));
  for (const [name, command] of BUTTONS) {
    const button = barButton(name);
    button.addEventListener("click", () => command(field.view));
    bar.append(button);
  }
  const plain = barButton("plain");
  plain.setAttribute("aria-pressed", "false");
  plain.addEventListener("click", togglePlain);
  bar.append(plain);
  oneStop(bar);
  return bar;
}

function barButton(name) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.command = name;
  button.textContent = say(name);
  const key = say(`${name}_key`);
  if (key) button.title = key;
  // The text keeps its focus and its selection.
  button.addEventListener("mousedown", (event) => event.preventDefault());
  return button;
}

// One stop on the way of the Tab key; arrows, Home and End go on from there.
function oneStop(bar) {
  const shown = () => [...bar.children].filter((button) => button.checkVisibility());
  const take = (button) => {
    for (const one of bar.children) one.tabIndex = one === button ? 0 : -1;
  };
  take(bar.firstElementChild);
  bar.addEventListener("focusin", (event) => take(event.target));
  bar.addEventListener("keydown", (event) => {
    const buttons = shown();
    const at = buttons.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    buttons.at(to % buttons.length).focus();
  });
  bar.showPlain = (isPlain) => {
    const plain = bar.lastElementChild;
    plain.setAttribute("aria-pressed", String(isPlain));
    take(isPlain ? plain : bar.firstElementChild);
  };
}
