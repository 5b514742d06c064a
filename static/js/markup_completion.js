// What can stand in a mark that is begun: keys of this article for [@ [^ and ![[, titles and names of all for [[.

import { autocompletion, completionStatus, keymap, Prec } from "../vendor/codemirror/codemirror.js";
import { findArticles } from "./article_names.js";
import { say } from "./editor_words.js";
import { keysOf, makeRow } from "./form_keys.js";

const KEY = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/;
const MOST = 50;
// What is begun before the cursor, and the list whose keys it takes.
const BEGUN = [
  [/\[@[^\]\n]*$/, "references", /(?:^\[|;\s*)@([^,;\]]*)$/],
  [/\[\^([^\]\n]*)$/, "notes", /^\[\^(.*)$/],
  [/^[ \t]*!\[\[([^\]\n]*)$/, "figures", /\[\[(.*)$/],
];
const CLOSING = { references: "]", notes: "]", figures: "]]", articles: "]]" };

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// Put `label` in the place of what was typed and close the mark; the cursor stays inside one that can go on.
function applied(list) {
  return (view, completion, from, to) => {
    const { doc } = view.state;
    const closing = CLOSING[list];
    const closed = doc.sliceString(to, to + closing.length) === closing;
    const within = list === "references" || list === "articles" && !closed;
    const insert = completion.label + (closed ? "" : closing);
    const end = from + completion.label.length;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: within && list === "references" ? end : end + closing.length },
      userEvent: "input.complete",
    });
  };
}

function begun(context) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  for (const [opening, list, typed] of BEGUN) {
    const start = opening.exec(before);
    const found = start && !escaped(before, start.index) && typed.exec(start[0]);
    if (found) return { list, typed: found[1], from: context.pos - found[1].length };
  }
  const link = /(^|[^!])\[\[([^[\]|\n]*)$/.exec(before);
  if (!link || escaped(before, link.index + link[1].length)) return null;
  return { list: "articles", typed: link[2], from: context.pos - link[2].length };
}

function escaped(text, index) {
  return /(^|[^\\])(\\\\)*\\$/.test(text.slice(0, index));
}

function keyOptions({ list, typed }) {
  const terms = fold(typed).split(/\s+/).filter(Boolean);
  const options = [];
  for (const [label, detail] of keysOf(list)) {
    const key = fold(label);
    const text = `${key} ${fold(detail)}`;
    if (!terms.every((term) => text.includes(term))) continue;
    options.push({ label, detail: shortened(detail), boost: key.startsWith(terms[0] ?? "") ? 1 : 0 });
  }
  options.sort((one, other) => other.boost - one.boost);
  options.length = Math.min(options.length, MOST);
  const apply = applied(list);
  const offered = options.map((option) => ({ ...option, apply, type: list }));
  return KEY.test(typed) && !keysOf(list).has(typed) ? [...offered, newRow(list, typed, apply)] : offered;
}

function newRow(list, key, apply) {
  return {
    label: key,
    displayLabel: say(`make_${list}`, { key }),
    type: "new",
    apply(view, completion, from, to) {
      apply(view, completion, from, to);
      makeRow(list, key);
      view.focus();
    },
  };
}

function shortened(text) {
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}

function source(kinds) {
  return async (context) => {
    const found = begun(context);
    if (!found || !kinds.includes(found.list)) return null;
    const options = found.list === "articles" ? await articleOptions(found, context) : keyOptions(found);
    return options.length ? { from: found.from, options, filter: false } : null;
  };
}

async function articleOptions({ typed }, context) {
  if (!typed.trim()) return [];
  const cancel = new AbortController();
  context.addEventListener("abort", () => cancel.abort(), { onDocChange: true });
  const articles = await findArticles(typed, cancel.signal);
  const apply = applied("articles");
  return articles.map(({ name, title, description, published }) => ({
    label: name,
    detail: [name === title ? "" : title, published ? "" : say("draft"), shortened(description)]
      .filter(Boolean).join(" · "),
    apply,
    type: "articles",
  }));
}

const TAKES = {
  body: ["references", "notes", "figures", "articles"],
  note: ["references", "articles"],
  line: ["references", "notes", "articles"],
  links: ["articles"],
  words: [],
};

// Who is quicker than the suggestions does not mean a new line by Enter: not inside a mark.
const patience = Prec.highest(keymap.of([{
  key: "Enter",
  run: ({ state }) => completionStatus(state) === "pending" && begun({ state, pos: state.selection.main.head }) !== null,
}]));

// Return the completion of marks in a field of `kind`.
export function markupCompletion(kind) {
  if (!TAKES[kind].length) return [];
  const options = { override: [source(TAKES[kind])], icons: false, maxRenderedOptions: MOST, interactionDelay: 0 };
  return [patience, autocompletion(options)];
}
