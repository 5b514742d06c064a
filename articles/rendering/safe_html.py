"""The one place where HTML is made safe, and the only one that makes ``Html``.

Whatever is put into a page was escaped where it was written; here it passes nh3 with a list that holds our own elements
and classes and nothing else, as a second wall.
"""

import json
import re

import nh3

from ..rendered import Html

_CLASSES = {
    "a": {"external"},
    "del": {"deletion"},
    "ins": {"addition"},
    "div": {"table", "missing-picture"},
    "figcaption": set(),
    "p": {"heading", "missing-figure"},
    "span": {
        "locator", "missing-link", "moved", "credit", "geo", "latitude", "longitude", "authors", "identifier", "remark",
        "pages",
    },
    "sup": {"citation", "note-mark", "error"},
    "td": {"align-left", "align-center", "align-right"},
    "th": {"align-left", "align-center", "align-right"},
    "q": {"quotation", "translation"},
}  # fmt: skip
_ATTRIBUTES = {
    "a": {"href", "title"},
    "cite": {"lang"},
    "div": {"aria-label"},
    "figure": {"id"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "h5": {"id"},
    "h6": {"id"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "ol": {"start"},
    "q": {"lang"},
    "span": {"id", "lang", "title"},
    "sup": {"id", "title"},
}
_VALUES = {
    "a": {"role": {"doc-noteref"}, "rel": {"external nofollow noopener"}},
    "div": {"role": {"region"}, "tabindex": {"0"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "pre": {"tabindex": {"0"}},
    "th": {"scope": {"col"}},
}
_MANY = 500
_LONG = re.compile(r'(?<=>)[^<]{501,}|(?<= title=")[^"]{501,}')
_SLOW = {"&amp;": "\ufdd0", "\xa0": "\ufdd1", "&nbsp;": "\ufdd1"}
"""What the cleaner writes as a reference, and what stands for it meanwhile: signs that no text has.

The cleaner takes quadratic time in these within one stretch of text or one title (*measured* with nh3 0.3.8: a megabyte
of ampersands takes twenty seconds). Only what may be long is rewritten, and no address is.
"""
_PLAIN = {"blockquote", "br", "code", "em", "hr", "li", "strong", "table", "tbody", "thead", "tr", "ul"}

_cleaner = nh3.Cleaner(
    tags=_PLAIN | _CLASSES.keys() | _ATTRIBUTES.keys() | _VALUES.keys(),
    clean_content_tags=set(),
    attributes=_ATTRIBUTES,
    allowed_classes=_CLASSES,
    tag_attribute_values=_VALUES,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def escape(text):
    """Return ``text`` fit to stand in HTML, between tags and in double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def filled(template, *parts, **named):
    """Return ``template``, markup of our own, filled as by ``str.format`` with texts, escaped, and with finished HTML.

    Django's ``format_html`` for pages of ten thousand parts, of which each takes it three microseconds.
    """
    return Html(template.format(*map(_part, parts), **{name: _part(part) for name, part in named.items()}))


def filled_each(template, rows):
    """Return ``template`` filled with the parts of each of ``rows``, one after the other."""
    return Html("".join([template.format(*map(_part, row)) for row in rows]))


def _part(part):
    if type(part) is str:
        return escape(part)
    return part.__html__() if hasattr(part, "__html__") else escape(str(part))


def safe(html):
    """Return ``html``, whose pieces were escaped, as ``Html``. Doing it twice changes nothing."""
    if "<" not in html:
        return Html(html)
    if sum(map(html.count, _SLOW)) <= _MANY:
        return Html(_cleaner.clean(html))
    html = _cleaner.clean(_LONG.sub(_stood_for, html))
    return Html(html.replace(_SLOW["&amp;"], "&amp;").replace(_SLOW["\xa0"], "&nbsp;"))


def json_block(data):
    """Return ``data`` as JSON that may stand in a ``script`` element which holds data: it cannot end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Html(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _stood_for(stretch):
    text = stretch[0]
    for slow, sign in _SLOW.items():
        text = text.replace(slow, sign)
    return text
