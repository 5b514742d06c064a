// A card that says what the mark under the pointer or the cursor stands for, and mends one that stands for nothing.

import {
  closeHoverTooltips, EditorView, hoverTooltip, keymap, showTooltip, StateEffect, StateField, syntaxTree,
} from "../vendor/codemirror/codemirror.js";
import { findArticles } from "./article_names.js";
import { announce, say } from "./editor_words.js";
import { keysOf, makeRow, nearKeys } from "./form_keys.js";
import { keyOf } from "./markup_language.js";
import { isUndefined, messagesAt } from "./markup_lint.js";

function keyAt(state, position) {
  for (const side of [-1, 1]) {
    const node = syntaxTree(state).resolveInner(position, side);
    const key = keyOf(node);
    if (key) return { ...key, node: node.from === key.from ? node : node.resolve(key.from, 1), text: state.sliceDoc(key.from, key.to) };
  }
  return null;
}

// Return the tooltip about the place, or null where there is nothing to say. `fill` writes the card.
function about(view, position) {
  const { state } = view;
  const key = keyAt(state, position);
  const messages = messagesAt(state, position);
  if (!key && !messages.length) return null;
  const { from, to } = key ? key.whole : { from: position, to: position };
  return { pos: from, end: to, above: true, create: () => ({ dom: card(view, key, messages) }) };
}

function card(view, key, messages) {
  const box = document.createElement("div");
  box.className = "markup-card";
  const paragraph = (text, name) => {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = text;
    box.append(line);
    return line;
  };
  if (key) {
    if (key.list === "articles") tellArticle(key.text, paragraph("…", "stands-for"));
    else if (keysOf(key.list).has(key.text)) paragraph(keysOf(key.list).get(key.text) || say("empty_row"), "stands-for");
    else box.append(...mends(view, key, paragraph));
  }
  for (const message of messages) paragraph(message, "message");
  return box;
}

async function tellArticle(target, line) {
  const articles = await findArticles(target);
  const found = articles.find(({ name, title }) => [name, title].includes(target)) ?? articles[0];
  if (!found) line.textContent = say("no_article");
  else line.textContent = [found.title, found.published ? "" : say("draft"), found.description].filter(Boolean).join(" · ");
}

// Say that the key stands for nothing, and give a button for each way to mend that.
function mends(view, key, paragraph) {
  paragraph(say(`undefined_${key.list}`, { key: key.text }), "message");
  const near = nearKeys(key.list, key.text).map((one) => button(say("did_you_mean", { key: one }), () => {
    const place = keyAt(view.state, key.from);
    view.dispatch({ changes: { from: place.from, to: place.to, insert: one }, userEvent: "input.mend" });
    view.focus();
  }));
  const make = button(say(`make_${key.list}`, { key: key.text }), () => {
    const control = makeRow(key.list, key.text);
    if (!control) return;
    announce(say("row_made", { key: key.text }));
    const next = control.id.replace(/key$/, key.list === "notes" ? "text" : "key");
    if (key.list === "notes") document.dispatchEvent(new CustomEvent("desk:go", { detail: { anchor: next } }));
    else view.focus();
  });
  return [...near, make];

  function button(words, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = words;
    one.addEventListener("mousedown", (event) => event.preventDefault());
    one.addEventListener("click", () => {
      view.dispatch({ effects: [openCard.of(null), closeHoverTooltips] });
      act();
    });
    return one;
  }
}

// --- By key: the card at the cursor, its first button in focus; Escape goes back to the text ---

const openCard = StateEffect.define();

const cardByKey = StateField.define({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(openCard)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

function openAtCursor(view) {
  const tooltip = about(view, view.state.selection.main.head);
  if (!tooltip) {
    announce(say("nothing_here"));
    return true;
  }
  const create = () => {
    const shown = tooltip.create();
    shown.dom.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      view.dispatch({ effects: openCard.of(null) });
      view.focus();
    });
    return { ...shown, mount: () => {
      announce([...shown.dom.querySelectorAll("p")].map((line) => line.textContent).join(" "));
      shown.dom.querySelector("button")?.focus();
    } };
  };
  view.dispatch({ effects: openCard.of({ ...tooltip, create }) });
  return true;
}

function close(view) {
  if (!view.state.field(cardByKey)) return false;
  view.dispatch({ effects: openCard.of(null) });
  return true;
}

export const markupCard = [
  cardByKey,
  hoverTooltip((view, position) => view.state.field(cardByKey) ? null : about(view, position)),
  keymap.of([{ key: "Alt-Enter", run: openAtCursor }, { key: "Escape", run: close }]),
  // A click on what is underlined opens the card too: a finger cannot hover.
  EditorView.domEventHandlers({
    click: (event, view) => {
      const position = event.target.closest?.(".problem-undefined") && view.posAtCoords(event);
      const key = typeof position === "number" && keyAt(view.state, position);
      if (key && isUndefined(view.state, key.node)) {
        view.dispatch({ effects: [openCard.of(about(view, position)), closeHoverTooltips] });
      }
    },
  }),
];
