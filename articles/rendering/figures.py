"""Pictures: what the infobox shows and the figures in the text."""

from ..rendered import RenderedFigure
from . import words
from .safe_html import escape, safe


def rendered_figure(figure, caption, media):
    """Return the ``RenderedFigure`` of a ``Figure``; ``caption`` is its HTML, ``media`` the address of all pictures."""
    file = figure.file
    return RenderedFigure(
        anchor=f"figure-{figure.key}",
        address=media + file.name if file else "",
        width=file.width if file else None,
        height=file.height if file else None,
        alt=figure.alt,
        caption=safe(caption),
        credit=figure.credit,
        licence=figure.licence,
    )


def figure_html(figure, caption, media):
    """Return the HTML of a figure in the text."""
    return (
        f'<figure id="figure-{figure.key}">{_picture(figure, media)}'
        f"<figcaption>{caption}{_credit(figure, caption)}</figcaption></figure>\n"
    )


def missing_figure_html(key):
    """Return what stands where a figure is placed that does not exist, for the editor to see."""
    return f'<p class="missing-figure">{words.MISSING_FIGURE.format(key=key)}</p>\n'


def _picture(figure, media):
    file = figure.file
    if file is None:
        return f'<div class="missing-picture">{escape(words.MISSING_PICTURE.format(image=figure.image))}</div>'
    return (
        f'<img src="{escape(media + file.name)}" alt="{escape(figure.alt)}" width="{file.width}" '
        f'height="{file.height}" loading="lazy" decoding="async">'
    )


def _credit(figure, caption):
    credit = ", ".join(part for part in (figure.credit, figure.licence) if part)
    if not credit:
        return ""
    return f'{" " if caption else ""}<span class="credit">{escape(words.CREDIT.format(credit=credit))}</span>'
