"""Words of other languages in the text, told to browsers and screen readers: the right voice, the right font.

Nothing is guessed. A name that the article itself gives in another language is in that language wherever it stands;
letters of a script that one living language writes are in that language; letters of another script are in the
language of the names that the article gives in it, where all of these agree.
"""

import re

from ..wording import language
from .languages import language_tag
from .safe_html import escape

# Letters by script; https://www.unicode.org/Public/UCD/latest/ucd/Scripts.txt. With the one language that writes them.
_LETTERS = {
    "Armn": ("\u0531-\u0556\u0559\u0560-\u0588", "hy"),
    "Geor": ("\u10a0-\u10c5\u10d0-\u10ff\u1c90-\u1cbf", "ka"),
    "Cyrl": ("\u0400-\u052f", ""),
    "Arab": ("\u0620-\u06ff\u0750-\u077f", ""),
    "Grek": ("\u0370-\u03ff\u1f00-\u1fff", "el"),
    "Hebr": ("\u05d0-\u05f2", "he"),
}
_BETWEEN = r"(?:[ \u00a0’'՚־.-]+(?=[{letters}]))"


class Foreign:
    """Marks words of other languages. ``names`` are the ``Name`` rows of the article."""

    def __init__(self, names):
        given = [(one.name, language_tag(one.language, one.script)) for one in names if one.language]
        self._phrases = {name: tag for name, tag in given if _primary(tag) != _primary(language())}
        self._scripts = {name: tag for name, tag in _languages_of_scripts(given).items() if tag}
        phrases = "|".join(re.escape(name) for name in sorted(self._phrases, key=len, reverse=True))
        parts = [rf"(?<!\w)(?P<phrase>{phrases})(?!\w)"] if phrases else []
        parts += [rf"(?P<{script}>{_run(_LETTERS[script][0])})" for script in self._scripts]
        self._pattern = re.compile("|".join(parts)) if parts else None
        self._has_plain_names = any(name.isascii() for name in self._phrases)

    def html(self, text):
        """Return ``text`` escaped, with ``span lang`` around what is in another language."""
        if self._pattern is None or text.isascii() and not self._has_plain_names:
            return escape(text)
        out, after = [], 0
        for found in self._pattern.finditer(text):
            tag = self._phrases[found[0]] if found.lastgroup == "phrase" else self._scripts[found.lastgroup]
            out += [escape(text[after : found.start()]), f'<span lang="{escape(tag)}">{escape(found[0])}</span>']
            after = found.end()
        return "".join([*out, escape(text[after:])])


def _primary(tag):
    return tag.partition("-")[0].lower()


def _run(letters):
    return f"[{letters}]+(?:{_BETWEEN.format(letters=letters)}[{letters}]+)*"


def _languages_of_scripts(given):
    """Return {script: tag of its language}; none where it is the site's own, or not known for certain."""
    found = {}
    for script, (letters, only) in _LETTERS.items():
        tags = {tag for name, tag in given if re.search(f"[{letters}]", name)}
        tag = only or (tags.pop() if len(tags) == 1 else "")
        found[script] = "" if _primary(tag) == _primary(language()) else tag
    return found
