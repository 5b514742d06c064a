"""Pictures in the infobox and in the text."""

import dataclasses

from articles.content import ImageFile
from tests.rendering_for_tests import content, page, words

FILE = ImageFile("0" * 64, "1" * 64, "images/00.png", 800, 600)


def _article(body="![[map]]", file=FILE, **figure):
    row = {"key": "map", "image": "map.png", "alt": "A map", "caption": "The *pass*"}
    row |= {"credit": "A. Bee", "licence": "CC0"} | figure
    article = content(body=body, figures=[row], infobox={"kind": "military-conflict"})
    return article.replace(figures=(dataclasses.replace(article.figures[0], file=file),))


def test_a_figure_in_the_text_has_picture_caption_and_credit():
    assert page(_article()).lead_opening == (
        '<figure id="figure-map"><img src="/media/images/00.png" alt="A map" width="800" height="600" loading="lazy" '
        'decoding="async"><figcaption>The <em>pass</em> <span class="credit">Picture: A. Bee, CC0</span></figcaption>'
        "</figure>\n"
    )


def test_a_picture_that_is_not_stored_is_said_to_be_missing():
    html = page(_article(file=None)).lead_opening
    assert "<img" not in html
    assert "The picture “map.png” is missing." in words(html)


def test_a_figure_is_shown_once():
    rendered = page(_article("![[map]]\n\nText\n\n![[map]]"))
    assert (rendered.lead_opening + rendered.lead_rest).count('id="figure-map"') == 1


def test_the_page_says_where_a_figure_does_not_exist():
    html = page(_article("![[pam]]")).lead_opening
    assert html == '<p class="missing-figure">There is no figure “pam” to show here.</p>\n'


def test_the_infobox_shows_its_figure():
    figure = page(_article("Text", placement="infobox")).infobox.figure
    assert figure.anchor == "figure-map"
    assert figure.address == "/media/images/00.png"
    assert (figure.width, figure.height, figure.alt) == (800, 600, "A map")
    assert (figure.caption, figure.credit, figure.licence) == ("The <em>pass</em>", "A. Bee", "CC0")


def test_the_infobox_s_figure_has_no_address_while_its_picture_is_missing():
    figure = page(_article("Text", file=None, placement="infobox")).infobox.figure
    assert (figure.address, figure.width, figure.height) == ("", None, None)


def test_marks_in_captions_work():
    article = _article(caption="See [[Pass]][@a][^n]")
    article = article.replace(**{
        name: getattr(content(references=[{"key": "a", "text": "A"}], notes=[{"key": "n", "text": "N"}]), name)
        for name in ("references", "notes")
    })  # fmt: skip
    html = page(article, "pass").lead_opening
    assert 'href="/articles/pass/"' in html
    assert 'href="#ref-a"' in html
    assert 'href="#note-n"' in html
