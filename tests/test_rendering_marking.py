"""The page as readers see it with its differences marked: words only, in HTML that still nests."""

import re

from hypothesis import given, strategies as st

from articles.content import ArticleContent
from articles.rendered import Links
from articles.rendering import mark_differences, render


def page(body, **members):
    head = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": body}
    return render(ArticleContent.from_json(head | members), Links())


def marks(html):
    return re.findall(r'<(ins|del) class="(?:addition|deletion)">(.*?)</\1>', html, re.DOTALL)


def test_changed_words_are_marked_deletion_first():
    marked = mark_differences(page("In about a week they took it."), page("In nine days they took it."))
    assert marks(marked.lead_opening) == [("del", "about a week"), ("ins", "nine days")]


def test_marks_never_cross_an_element():
    marked = mark_differences(page("One."), page("One *new* and **bold words** here."))
    assert '<em><ins class="addition">new</ins></em>' in marked.lead_opening
    assert '<strong><ins class="addition">bold words</ins></strong>' in marked.lead_opening


def test_numbers_of_citations_are_no_words():
    references = [{"key": "a", "text": "A."}, {"key": "b", "text": "B."}]
    marked = mark_differences(page("X.[@b]", references=references), page("X.[@a] Y.[@b]", references=references))
    assert marks(marked.lead_opening) == [("ins", "Y.")]


def test_a_deleted_reference_is_shown_behind_the_others():
    references = [{"key": "a", "text": "Alpha."}, {"key": "b", "text": "Beta."}]
    marked = mark_differences(page("X.[@a] [@b]", references=references), page("X.[@a]", references=references))
    assert [(entry.key, marks(entry.html)) for entry in marked.references] == [("a", []), ("b", [("del", "Beta.")])]


def test_infobox_values_are_paired_with_what_they_were():
    def box(*values):
        return {"kind": "military-conflict",
                "rows": [{"field": "casualties", "side": 2, "value": value} for value in values]}  # fmt: skip

    old = page("", infobox=box("55 captured", "400 killed"))
    new = page("", infobox=box("55 captured", "400–450 killed"))
    values = mark_differences(old, new).infobox.sections[0].cells[1].values
    assert [marks(value.html) for value in values] == [[], [("del", "400"), ("ins", "400–450")]]


_PIECES = ["one", "two", "*three*", "**four**", "<b>", "&", "[[L]]", "\n\n", "## H\n\n"]
_WORDS = st.lists(st.sampled_from(_PIECES), max_size=30)


@given(_WORDS, _WORDS)
def test_without_its_marks_the_marked_page_is_the_new_one(old, new):
    before, after = page(" ".join(old)), page(" ".join(new))
    marked = mark_differences(before, after)
    for name in ("lead_opening", "lead_rest", "sections"):
        plain = re.sub(r'<del class="deletion">.*?</del> ?|</?ins[^>]*>', "", getattr(marked, name), flags=re.DOTALL)
        assert plain.rstrip() == getattr(after, name).rstrip()
