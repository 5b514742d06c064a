"""Words of other languages in the text carry their language; nothing is guessed."""

import pytest

from articles.content import ArticleContent, Name
from articles.rendered import Links
from articles.rendering import render
from articles.rendering.foreign import Foreign

NAMES = (
    Name("1", "Kəlbəcər döyüşü", "az", "Latn"),
    Name("2", "Кельбаджарское сражение", "ru"),
    Name("3", "Քարվաճառի ճակատամարտ", "hy"),
    Name("4", "Kelbajar", "en"),
    Name("5", "Karvachar", "hy", "Latn"),
    Name("6", "Kelbadshar", ""),
)
AZ, RU, HY = '<span lang="az-Latn">', '<span lang="ru">', '<span lang="hy">'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Kalbajar (Kəlbəcər döyüşü) fell.", f"Kalbajar ({AZ}Kəlbəcər döyüşü</span>) fell."),
        ("Kəlbəcər alone is no name here.", "Kəlbəcər alone is no name here."),
        ("Kəlbəcər döyüşünün", "Kəlbəcər döyüşünün"),
        ("In Russian Кельбаджар – город.", f"In Russian {RU}Кельбаджар</span> – {RU}город</span>."),
        ("Քարվաճառ, in Armenian", f"{HY}Քարվաճառ</span>, in Armenian"),
        ("ճակատամարտ Քարվաճառում", f"{HY}ճակատամարտ Քարվաճառում</span>"),
        ("Karvachar and Kelbajar", '<span lang="hy-Latn">Karvachar</span> and Kelbajar'),
        ("ყარაბაღი", '<span lang="ka">ყარაბაღი</span>'),
        ("كلبجر", "كلبجر"),
        ("a < b & “c”", "a &lt; b &amp; “c”"),
        ("", ""),
    ],
)
def test_words_of_other_languages_are_marked(text, html):
    assert Foreign(NAMES).html(text) == html


def test_letters_that_several_languages_write_are_left_alone_where_names_disagree():
    foreign = Foreign((*NAMES, Name("7", "Кельбаджарська битва", "uk")))
    assert foreign.html("город, Кельбаджарська битва") == 'город, <span lang="uk">Кельбаджарська битва</span>'


def test_nothing_in_a_name_gets_out_of_its_place():
    name = '"><script>alert(1)</script>'
    html = Foreign((Name("1", name, 'x" onload="a'),)).html(f"see {name} and Ա")
    assert "<script" not in html
    assert 'onload="' not in html
    assert html.count("<span lang=") == 2


def test_the_page_says_the_language_of_its_words():
    content = ArticleContent.from_json(
        {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": "Town of *Քարվաճառ*.[^n]",
         "names": [{"name": "Քարվաճառ", "language": "hy"}], "notes": [{"key": "n", "text": "Քարվաճառ"}],
         "infobox": {"kind": "military-conflict", "rows": [{"field": "place", "value": "Քարվաճառ"}]}}
    )  # fmt: skip
    page = render(content, Links())
    marked = f"{HY}Քարվաճառ</span>"
    assert marked in page.lead_opening
    assert marked in page.notes[0].html
    assert marked in page.infobox.facts[0].values[0].html
