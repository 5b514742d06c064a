"""How to cite a published revision: the styles readers ask for, and the two formats that programs take."""

import re
from dataclasses import dataclass

from .linked_data import CONTRIBUTORS, SITE_NAME

_MONTHS = (
    "January February March April May June July August September October November December".split(),
    "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    sign: f"\\{sign}" for sign in "&%$#_{}"
}


@dataclass(frozen=True)
class Cited:
    """A published revision as something to cite: its permanent ``address``, full, and when it was published."""

    slug: str
    title: str
    number: int
    published: object
    address: str

    @property
    def styles(self):
        """(name of the style, the parts of its entry as (text, is in italics)) of each style."""
        return (("APA", self._apa()), ("Chicago", self._chicago()), ("MLA", self._mla()))

    def _apa(self):
        """Publication Manual, 7th edition, 10.3: an entry in an online reference work."""
        day = f"{self.published.year}, {_MONTHS[0][self.published.month - 1]} {self.published.day}"
        before = f"{_closed(self.title)} ({day}). In "
        return ((before, False), (SITE_NAME, True), (f" (revision {self.number}). {self.address}", False))

    def _chicago(self):
        """Chicago Manual, 17th edition, 14.233: an online reference work without named authors."""
        day = f"{_MONTHS[0][self.published.month - 1]} {self.published.day}, {self.published.year}"
        title = f"s.v. “{self.title},” revision {self.number}, last modified {day}, {self.address}."
        return ((SITE_NAME, True), (f", {title}", False))

    def _mla(self):
        """MLA Handbook, 9th edition, 5.31: a work in a container."""
        day = f"{self.published.day} {_MONTHS[1][self.published.month - 1]} {self.published.year}"
        title = f"“{self.title}{'' if self.title.endswith(('.', '?', '!')) else '.'}” "
        return ((title, False), (SITE_NAME, True), (f", revision {self.number}, {day}, {self.address}.", False))

    def bibtex(self):
        """Return a BibTeX entry; TeX's own signs are escaped, and braces keep the capitals of the title."""
        members = {
            "author": f"{{{CONTRIBUTORS}}}",
            "title": f"{{{_tex(self.title)}}}",
            "howpublished": f"{SITE_NAME}, revision {self.number}",
            "year": str(self.published.year),
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in members.items()]
        lines.append(f"  month = {_MONTHS[2][self.published.month - 1]},")
        return "\n".join([f"@misc{{kalbajar-{self.slug}-{self.number},", *lines, "}"]) + "\n"

    def csl(self):
        """Return CSL data, as reference managers read it."""
        day = self.published
        return {
            "id": f"kalbajar-{self.slug}-{self.number}",
            "type": "entry-encyclopedia",
            "title": self.title,
            "container-title": SITE_NAME,
            "author": [{"literal": CONTRIBUTORS}],
            "publisher": SITE_NAME,
            "version": str(self.number),
            "issued": {"date-parts": [[day.year, day.month, day.day]]},
            "URL": self.address,
        }


def _closed(title):
    return title if title.endswith((".", "?", "!")) else f"{title}."


def _tex(text):
    return re.sub(r"[\\~^&%$#_{}]", lambda sign: _TEX[sign[0]], text)
