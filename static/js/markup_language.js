// The grammar of the markup for the editor: CommonMark without HTML, tables, and our marks. What counts is what
// articles/markup reads; this follows it closely enough to colour a text and to find what stands under the cursor.

import {
  commonmarkLanguage, HighlightStyle, Language, LanguageSupport, styleTags, syntaxHighlighting, Table, Tag, tags,
} from "../vendor/codemirror/codemirror.js";

const KEY = "[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}";
const CITATION = new RegExp(`\\[@${KEY}(?:,[^\\]]*?)?(?:;\\s*@${KEY}(?:,[^\\]]*?)?)*\\]`, "y");
const CITE = new RegExp(`(@)(${KEY})((?:,(?:[^;\\]]|;(?!\\s*@))*)?)`, "g");
const NOTE = new RegExp(`\\[\\^(${KEY})\\]`, "y");
const BROKEN = /\[[@^][^\s\]]/y;
const LINK = /\[\[([^[\]|\\`]+?)(?:\\?\|([^[\]]+))?\]\]/y;
const FIGURE = new RegExp(`^!\\[\\[(${KEY})\\]\\][ \\t]*$`);

const mark = {
  citation: Tag.define(), key: Tag.define(), locator: Tag.define(), note: Tag.define(), link: Tag.define(),
  figure: Tag.define(),
};

function match(expression, inline, position) {
  expression.lastIndex = position - inline.offset;
  return expression.exec(inline.text);
}

// Where the bracket that is opened at `position` can end: at the next of `ends`, "]" with or without line breaks; -1 if
// nowhere. Remembered, and asked before anything is matched: what no bracket closes would be gone through for each
// bracket in it, and a citation in every way in which its locators can be told apart.
function ending(ends, inline, position) {
  const from = position - inline.offset;
  if (ends.inline !== inline || from < ends.from || ends.at >= 0 && from > ends.at) {
    ends.expression.lastIndex = from;
    Object.assign(ends, { inline, from, at: ends.expression.exec(inline.text)?.index ?? -1 });
  }
  return ends.at;
}

const closing = { expression: /\]/g };
const closingOrBreak = { expression: /[\]\n]/g };

const citation = {
  name: "Citation",
  before: "Escape",
  parse(inline, next, position) {
    const found = next === 91 /* [ */ && ending(closing, inline, position) >= 0 && match(CITATION, inline, position);
    if (!found) return -1;
    const parts = [];
    for (const cite of found[0].matchAll(CITE)) {
      const key = position + cite.index + 1;
      parts.push(inline.elt("CitationKey", key, key + cite[2].length));
      if (cite[3]) parts.push(inline.elt("Locator", key + cite[2].length, key + cite[2].length + cite[3].length));
    }
    return inline.addElement(inline.elt("Citation", position, position + found[0].length, parts));
  },
};

const note = {
  name: "NoteMark",
  before: "Escape",
  parse(inline, next, position) {
    const found = next === 91 && match(NOTE, inline, position);
    if (!found) return -1;
    const key = inline.elt("NoteKey", position + 2, position + 2 + found[1].length);
    return inline.addElement(inline.elt("NoteMark", position, position + found[0].length, [key]));
  },
};

// What was meant for a citation or a note and is text, since its key is none: `[@de Waal]`.
const broken = {
  name: "BrokenMark",
  before: "Escape",
  parse(inline, next, position) {
    if (next !== 91 || !match(BROKEN, inline, position)) return -1;
    const end = ending(closingOrBreak, inline, position);
    if (inline.text[end] !== "]" || /[([]/.test(inline.text[end + 1] ?? "")) return -1;
    return inline.addElement(inline.elt("BrokenMark", position, inline.offset + end + 1));
  },
};

const link = {
  name: "ArticleLink",
  before: "Escape",
  parse(inline, next, position) {
    const found = next === 91 && match(LINK, inline, position);
    if (!found || !found[1].trim()) return -1;
    const target = inline.elt("LinkTarget", position + 2, position + 2 + found[1].length);
    return inline.addElement(inline.elt("ArticleLink", position, position + found[0].length, [target]));
  },
};

const figure = {
  name: "Figure",
  before: "LinkReference",
  parse(block, line) {
    const found = FIGURE.exec(line.text.slice(line.pos));
    if (!found) return false;
    const start = block.lineStart + line.pos;
    const key = block.elt("FigureKey", start + 3, start + 3 + found[1].length);
    block.addElement(block.elt("Figure", start, start + found[0].trimEnd().length, [key]));
    block.nextLine();
    return true;
  },
  endLeaf: (_block, line) => FIGURE.test(line.text.slice(line.pos)),
};

const HTML = ["HTMLBlock", "HTMLTag"];
const BLOCKS = [
  "IndentedCode", "FencedCode", "HorizontalRule", "ATXHeading", "SetextHeading", "LinkReference",
];
const NESTED = ["Blockquote", "BulletList", "OrderedList"];
const nodes = [
  "Citation", "CitationKey", "Locator", "NoteMark", "NoteKey", "ArticleLink", "LinkTarget", "Figure", "FigureKey",
  "BrokenMark",
];
const props = [styleTags({
  "Citation/...": mark.citation, CitationKey: mark.key, Locator: mark.locator, "NoteMark/...": mark.note,
  "ArticleLink/...": mark.link, "Figure/...": mark.figure,
})];

function language(remove, parseInline, ...more) {
  const defineNodes = nodes.map((name) => ({ name, block: name === "Figure" }));
  const extensions = [{ defineNodes, props, parseInline, remove }, ...more];
  // The name by which CodeMirror's own commands know Markdown goes with the data of its language.
  return new LanguageSupport(
    new Language(commonmarkLanguage.data, commonmarkLanguage.parser.configure(extensions), [], "markup"),
  );
}

// What a field takes, by its data-markup attribute.
const languages = {
  body: language(HTML, [citation, note, broken, link], Table, { parseBlock: [figure] }),
  note: language([...HTML, ...BLOCKS], [citation, note, broken, link]),
  line: language([...HTML, ...BLOCKS, ...NESTED], [citation, note, broken, link]),
  links: language([...HTML, ...BLOCKS, ...NESTED], [link]),
};

const colours = HighlightStyle.define([
  { tag: mark.citation, class: "mark mark-citation" },
  { tag: mark.key, class: "mark mark-citation mark-key" },
  { tag: mark.locator, class: "mark mark-citation mark-locator" },
  { tag: mark.note, class: "mark mark-note" },
  { tag: mark.link, class: "mark mark-link" },
  { tag: mark.figure, class: "mark mark-figure" },
  { tag: [tags.heading1, tags.heading2], class: "heading heading-2" },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], class: "heading heading-3" },
  { tag: tags.emphasis, class: "emphasis" },
  { tag: tags.strong, class: "strong" },
  { tag: [tags.link, tags.url], class: "web-link" },
  { tag: tags.quote, class: "quote" },
  { tag: tags.monospace, class: "code" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.escape, tags.labelName], class: "syntax" },
]);

// Return what makes an editor read and colour the markup of `kind`; a text without marks has nothing to colour.
export function markupLanguage(kind) {
  return languages[kind] ? [languages[kind], syntaxHighlighting(colours)] : [];
}

const PARTS = {
  CitationKey: "references", Citation: "references", Locator: "references", NoteMark: "notes", NoteKey: "notes",
  ArticleLink: "articles", LinkTarget: "articles", Figure: "figures", FigureKey: "figures",
};
const KEYS = { references: "CitationKey", notes: "NoteKey", articles: "LinkTarget", figures: "FigureKey" };

// Return the place of the key that `node`, a node of the syntax tree, is, holds or belongs to, else null:
// {list, from, to, whole: {from, to}}; list is "references", "notes", "figures" or "articles".
export function keyOf(node) {
  const list = PARTS[node.name];
  if (!list) return null;
  if (node.name === KEYS[list]) return { list, from: node.from, to: node.to, whole: node.parent ?? node };
  const key = node.name === "Locator" ? node.prevSibling : node.getChild(KEYS[list]);
  return key && { list, from: key.from, to: key.to, whole: key.parent };
}
