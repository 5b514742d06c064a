"""Rendering: ArticleContent to RenderedArticle, the second of the three pillars.

In go the content and the ``Links`` of the published world; out comes everything that a page shows, with the problems
that the editor should know. Pure and deterministic: no models, no settings, no database. Imports the floors below only.

    article.py         the page put together; link_targets
    reading.py         every markup field read once; the reading order
    citations.py       numbers, labels, lists, backlinks: one pass
    headings.py        anchors and contents
    writer.py          tokens to HTML; foreign.py: words of other languages in them
    figures.py infobox.py references.py   parts of the page
    claims.py measures.py plots.py   who says what: the claims about each figure
    works.py contributors.py dates_in_words.py coordinates.py languages.py   the house style
    marking.py         two pages told apart in one: marked_html.py
    page_words.py      its words without markup; glances.py result and losses in short
    timelines.py       when things happened, as bars
    statements.py      what rests on a reference, sentence by sentence
    pandoc.py plain_page.py   the article as Markdown with its sources, and as plain text
    checking.py        errors and warnings with their places
    safe_html.py       the one place that makes Html
    words.py           every word that the page itself says
"""

from .article import link_targets, render
from .checking import kinds_from_image, kinds_from_source
from .claims import claimed_figures
from .glances import fact_words, losses_words, outcome_words
from .marking import mark_differences
from .page_words import page_words
from .pandoc import csl_items, pandoc_markdown
from .plain_page import plain_page
from .safe_html import filled, filled_each, json_block
from .statements import statements
from .timelines import timeline

__all__ = [
    "claimed_figures",
    "csl_items",
    "fact_words",
    "filled",
    "filled_each",
    "json_block",
    "kinds_from_image",
    "kinds_from_source",
    "link_targets",
    "losses_words",
    "mark_differences",
    "outcome_words",
    "page_words",
    "pandoc_markdown",
    "plain_page",
    "render",
    "statements",
    "timeline",
]
