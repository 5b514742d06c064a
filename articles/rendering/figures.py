"""Pictures: what the infobox shows and the figures in the text."""

from ..content import WIDTHS, fallback, renditions
from ..rendered import RenderedFigure
from . import words
from .safe_html import escape, safe

_IN_TEXT = "(min-width: 44em) min(41rem, {0}px), min(100vw - 2rem, {0}px)"
_IN_INFOBOX = "(min-width: 56.25em) min(20rem, {0}px), min(100vw - 2rem, {0}px)"
"""How wide a picture of so many pixels is shown, for ``sizes``: a small one is never made larger."""


def rendered_figure(figure, caption, media):
    """Return the ``RenderedFigure`` of a ``Figure``; ``caption`` is its HTML, ``media`` the address of all pictures."""
    file = figure.file
    copies = _copies(file, media) if file else ""
    return RenderedFigure(
        anchor=f"figure-{figure.key}",
        address=_address(file, media) if file else "",
        width=file.width if file else None,
        height=file.height if file else None,
        alt=figure.alt,
        caption=safe(caption),
        credit=figure.credit,
        licence=figure.licence,
        srcset=copies,
        sizes=_IN_INFOBOX.format(file.width) if copies else "",
    )


def figure_html(figure, caption, media):
    """Return the HTML of a figure in the text."""
    return (
        f'<figure id="figure-{figure.key}">{_picture(figure, media)}'
        f"<figcaption>{caption}{_credit(figure, caption)}</figcaption></figure>\n"
    )


def missing_figure_html(key):
    """Return what stands where a figure is placed that does not exist, for the editor to see."""
    return f'<p class="missing-figure">{escape(words.MISSING_FIGURE.format(key=key))}</p>\n'


def _picture(figure, media):
    file = figure.file
    if file is None:
        return f'<div class="missing-picture">{escape(words.MISSING_PICTURE.format(image=figure.image))}</div>'
    copies = _copies(file, media)
    responsive = f' srcset="{escape(copies)}" sizes="{_IN_TEXT.format(file.width)}"' if copies else ""
    return (
        f'<img src="{escape(_address(file, media))}"{responsive} alt="{escape(figure.alt)}" width="{file.width}" '
        f'height="{file.height}" loading="lazy" decoding="async">'
    )


def _address(file, media):
    """Return what browsers get that read no ``srcset``."""
    return media + (fallback(file.name, file.width) or file).name


def _copies(file, media):
    """Return the ``srcset`` of a picture: its copies and, unless it is very wide, itself. Empty where it has none.

    The picture is the figure's own child, where other programs look for it, so there is no ``picture`` element around
    it and one list serves all browsers.
    """
    copies = [(media + one.name, one.width) for one in renditions(file.name, file.width)]
    if copies and file.width <= WIDTHS[-1]:
        copies.append((media + file.name, file.width))
    return ", ".join(f"{address} {width}w" for address, width in copies)


def _credit(figure, caption):
    credit = ", ".join(part for part in (figure.credit, figure.licence) if part)
    if not credit:
        return ""
    return f'{" " if caption else ""}<span class="credit">{escape(words.CREDIT.format(credit=credit))}</span>'
