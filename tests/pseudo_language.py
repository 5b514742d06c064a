"""A language that is English in wide letters: what stands on a page in plain ones was not translated."""

import re
import struct
from gettext import NullTranslations
from html.parser import HTMLParser

_KEPT = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{[^{}]*\}|&#?\w+;|<[^>]*>|\n")
_WIDE = {ord(one): ord(one) + 0xFEE0 for one in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
_PLAIN = re.compile(r"[A-Za-z]{3,}")
_VOID = frozenset("area br col hr img input link meta source wbr".split())
_SPOKEN = ("title", "aria-label", "alt", "placeholder", "data-label", "aria-description")


def wide(message):
    """Return a message in wide letters; what stands for values, tags and entities stays."""
    kept = _KEPT.findall(message)
    parts = [part.translate(_WIDE) for part in _KEPT.split(message)]
    return "".join(part + one for part, one in zip(parts, [*kept, ""], strict=True))


class Wide(NullTranslations):
    """Answers for every message that no catalogue has."""

    def gettext(self, message):
        """Return the message in wide letters; before it may stand a context, as Django asks."""
        return wide(message.rpartition("\x04")[2])

    def ngettext(self, one, many, count):
        """Return the form of English that fits ``count``, in wide letters."""
        return self.gettext(one if count == 1 else many)


def write_empty_catalogue(folder, language):
    """Write the catalogue that makes ``language`` one that Django knows: a head and no message."""
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    head = b"Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    # One pair: the empty message, of length 0, and the head.
    table = struct.pack("<7I4I", 0x950412DE, 0, 1, 28, 36, 0, 44, 0, 44, len(head), 45)
    (place / "django.mo").write_bytes(table + b"\0" + head + b"\0")


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.said, self._silent = [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if self._silent or tag in ("script", "style", "kbd", "code", "pre") or tag != "html" and "lang" in attrs:
            if tag not in _VOID:
                self._silent.append(tag)
            return
        self.said += [attrs[name] for name in _SPOKEN if attrs.get(name)]
        if tag == "input" and attrs.get("type") in ("submit", "button"):
            self.said.append(attrs.get("value") or "")

    def handle_endtag(self, tag):
        while self._silent and tag in self._silent:
            if self._silent.pop() == tag:
                break

    def handle_data(self, data):
        if not self._silent:
            self.said.append(data)


def plain_words(html, known=()):
    """Return the texts of a page, and of what it says in attributes, that hold words in plain letters.

    Addresses and the ``known`` words do not count.
    """
    page = _Page()
    page.feed(html)
    texts = (" ".join(text.split()) for text in page.said)
    bare = {text: re.sub(r"https?://\S+|[\w-]*[\d_./@-][\w./@-]*", "", text) for text in texts}
    return {text for text, rest in bare.items() if set(_PLAIN.findall(rest)) - set(known)}
