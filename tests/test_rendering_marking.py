"""The page as readers see it with its differences marked: words only, in HTML that still nests."""

import re

from hypothesis import given, strategies as st

from articles.comparison import text_spans
from articles.content import ArticleContent
from articles.rendered import Links
from articles.rendering import mark_differences, render


def page(body, **members):
    head = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": body}
    return render(ArticleContent.from_json(head | members), Links())


def told(old, new):
    return mark_differences(old, new, text_spans)


def marks(html):
    return re.findall(r'<(ins|del) class="(?:addition|deletion)">(.*?)</\1>', html, re.DOTALL)


def test_changed_words_are_marked_deletion_first():
    marked = told(page("In about a week they took it."), page("In nine days they took it."))
    assert marks(marked.lead_opening) == [("del", "about a week"), ("ins", "nine days")]


def test_marks_never_cross_an_element():
    marked = told(page("One."), page("One *new* and **bold words** here."))
    assert '<em><ins class="addition">new</ins></em>' in marked.lead_opening
    assert '<strong><ins class="addition">bold words</ins></strong>' in marked.lead_opening


def test_numbers_of_citations_are_no_words():
    references = [{"key": "a", "text": "A."}, {"key": "b", "text": "B."}]
    marked = told(page("X.[@b]", references=references), page("X.[@a] Y.[@b]", references=references))
    assert marks(marked.lead_opening) == [("ins", "Y.")]


def test_a_deleted_reference_is_shown_behind_the_others():
    references = [{"key": "a", "text": "Alpha."}, {"key": "b", "text": "Beta."}]
    marked = told(page("X.[@a] [@b]", references=references), page("X.[@a]", references=references))
    assert [(entry.key, marks(entry.html)) for entry in marked.references] == [("a", []), ("b", [("del", "Beta.")])]


def test_a_deleted_note_and_a_deleted_reference_of_one_key_are_told_apart():
    rows = [{"key": "a", "text": "Alpha."}]
    marked = told(page("X.[@a][^a]", references=rows, notes=rows), page("X."))
    assert [entry.anchor for entry in (*marked.notes, *marked.references)] == ["removed-note-a", "removed-ref-a"]


def test_every_sign_that_was_deleted_is_shown():
    marked = told(page("It was taken \u2bd1 in about a week."), page("It was taken in about a week."))
    assert [(kind, text.strip()) for kind, text in marks(marked.lead_opening)] == [("del", "\u2bd1")]


def test_infobox_values_are_paired_with_what_they_were():
    def box(*values):
        return {"kind": "military-conflict",
                "rows": [{"field": "casualties", "side": 2, "value": value} for value in values]}  # fmt: skip

    old = page("", infobox=box("55 captured", "400 killed"))
    new = page("", infobox=box("55 captured", "400–450 killed"))
    values = told(old, new).infobox.sections[0].cells[1].values
    assert [marks(value.html) for value in values] == [[], [("del", "400"), ("ins", "400–450")]]


_PIECES = ["one", "two", "*three*", "**four**", "<b>", "&", "[[L]]", "\n\n", "## H\n\n"]
_WORDS = st.lists(st.sampled_from(_PIECES), max_size=30)


@given(_WORDS, _WORDS)
def test_without_its_marks_the_marked_page_is_the_new_one(old, new):
    before, after = page(" ".join(old)), page(" ".join(new))
    marked = told(before, after)
    for name in ("lead_opening", "lead_rest", "sections"):
        deleted = r'<del class="deletion">[^<]*</del>'
        plain = re.sub(rf"<p>{deleted}</p>|{deleted}|</?ins[^>]*>", "", getattr(marked, name))
        plain = re.sub(r'<span class="moved">([^<]*)</span>', r"\1", plain)
        assert plain.rstrip() == getattr(after, name).rstrip()


# --- Marks as small as a reader would set them ------------------------------------------------------------------------


def test_a_sign_is_marked_and_not_the_word_before_it():
    marked = told(page("It was a victory."), page("It was a victory; nobody doubted it."))
    assert marks(marked.lead_opening) == [("ins", "; nobody doubted it")]


def test_a_deleted_sentence_stands_in_the_paragraph_that_it_was_in():
    marked = told(page("One here. Gone now.\n\nTwo there."), page("One here.\n\nTwo there."))
    assert '<p>One here.<del class="deletion"> Gone now.</del></p>' in str(marked.lead_opening)


def test_a_deleted_paragraph_is_a_paragraph():
    marked = told(page("One here.\n\nWholly gone.\n\nTwo there."), page("One here.\n\nTwo there."))
    assert '<p><del class="deletion">Wholly gone.</del></p>' in f"{marked.lead_opening}{marked.lead_rest}"


def test_a_deleted_row_of_a_table_is_a_row():
    def table(*rows):
        return page("\n".join(["| a | b |", "|---|---|", *rows]))

    marked = told(table("| one | 1 |", "| two | 2 |", "| three | 3 |"), table("| one | 1 |", "| three | 3 |"))
    assert '<tr><td><del class="deletion">two 2</del></td></tr>' in f"{marked.lead_opening}{marked.lead_rest}"


def test_what_moved_is_marked_at_its_new_place_alone():
    one, two, three = "The first paragraph.", "Another one, on winter.", "Third comes the spring of it."
    marked = told(page("\n\n".join([one, two, three])), page("\n\n".join([three, one, two])))
    html = f"{marked.lead_opening}{marked.lead_rest}"
    assert marks(html) == []
    assert re.findall(r'<span class="moved">(.*?)</span>', html) == [three]


def test_a_citation_that_only_moves_in_its_sentence_marks_no_word():
    references = [{"key": "a", "text": "A."}]
    marked = told(page("One, two.[@a]", references=references), page("One,[@a] two.", references=references))
    assert marks(marked.lead_opening) == []


def test_a_field_that_is_gone_and_one_that_is_new_are_both_shown():
    def box(*rows):
        rows = [dict(zip(("field", "side", "value"), row, strict=True)) for row in rows]
        return page("", infobox={"kind": "military-conflict", "rows": rows})

    old = box(("date", None, "1993"), ("commander", 1, "A. Aliyev"))
    marked = told(old, box(("result", None, "Victory"), ("strength", 2, "400"))).infobox
    assert {fact.field: marks(fact.values[0].html) for fact in marked.facts} == {
        "date": [("del", "1993")],
        "result": [("ins", "Victory")],
    }
    assert [section.field for section in marked.sections] == ["commander", "strength"]
    assert marks(marked.sections[0].cells[0].values[0].html) == [("del", "A. Aliyev")]


def test_a_value_put_in_front_leaves_the_others_unmarked():
    def box(*values):
        rows = [{"field": "casualties", "side": 2, "value": value, "attribution": by} for value, by in values]
        return page("", infobox={"kind": "military-conflict", "rows": rows}, references=[{"key": "a", "text": "A."},
                    {"key": "b", "text": "B."}])  # fmt: skip

    old = ("400 killed[@a]", "per one")
    marked = told(box(old), box(("12 villages burned[@b]", "per another"), old)).infobox.sections[0].cells[1].values
    assert [(marks(value.html), marks(value.attribution)) for value in marked] == [
        ([("ins", "12 villages burned")], [("ins", "per another")]),
        ([], []),
    ]
