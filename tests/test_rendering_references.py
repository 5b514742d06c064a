"""Entries of the reference list in the house style (citations.md, A reference)."""

import re

import pytest

from tests.rendering_for_tests import cases, content, csl, page, words


@pytest.mark.parametrize(("given", "expected"), cases("references"))
def test_a_work_is_written_in_the_house_style(given, expected):
    assert words(page(csl(given)).references[0].html) == expected


def _entry(source=None, **own):
    reference = {"key": "a", "source": source} if source else {"key": "a"}
    return page(content(body="[@a]", references=[reference | own]), "kalbajar").references[0].html


def _addresses(html):
    return re.findall(r'href="([^"]*)"', html)


def test_the_title_leads_to_the_work_and_the_archived_copy_comes_second():
    source = {
        "type": "webpage",
        "title": "T",
        "URL": "https://x.example",
        "custom": {"archive-url": "https://a.example"},
    }
    assert _addresses(_entry(source)) == ["https://x.example", "https://a.example"]


def test_the_archived_copy_comes_first_where_the_original_is_dead():
    custom = {"archive-url": "https://a.example", "url-status": "dead"}
    source = {"type": "webpage", "title": "T", "URL": "https://x.example", "custom": custom}
    assert _addresses(_entry(source)) == ["https://a.example", "https://x.example"]


def test_a_doi_is_an_address():
    assert _addresses(_entry({"type": "book", "title": "T", "DOI": "10.1000/a<b>"})) == [
        "https://doi.org/10.1000/a%3Cb%3E",
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "not an address", "//x.example"])
def test_an_address_that_may_not_be_linked_is_not(url):
    assert _addresses(_entry({"type": "webpage", "title": "T", "URL": url, "custom": {"archive-url": url}})) == []


def test_a_foreign_title_and_a_quotation_have_their_language():
    source = {"type": "book", "title": "Döyüş", "language": "az"}
    html = _entry(source, quotation="Bir", translation="One")
    assert '<cite lang="az">Döyüş</cite>' in html
    assert '<q class="quotation" lang="az">Bir</q>' in html
    assert '<q class="translation" lang="en">One</q>' in html


@pytest.mark.parametrize("language", ["en", "en-GB", "English", 'az" onclick="x', "a b", ""])
def test_a_language_that_is_english_or_no_tag_is_not_told(language):
    assert "lang" not in _entry({"type": "book", "title": "T", "language": language})


def test_free_text_holds_links_and_no_other_marks():
    html = _entry(text="*Statement*, in [[Kalbajar]] [@a] [^n]")
    assert html == '<em>Statement</em>, in <a href="/articles/kalbajar/">Kalbajar</a> [@a] [^n].'


def test_quotation_and_translation_are_plain_text():
    html = _entry(text="A", quotation="*a* [@a] <b>", translation="[[T]]")
    assert '<q class="quotation">*a* [@a] &lt;b&gt;</q>' in html
    assert "[[T]]" in html


def test_a_remark_cites_and_links():
    html = _entry(text="A", remark="like [@a, p. 2] in [[Kalbajar]]")
    assert 'href="#ref-a"' in html
    assert 'href="/articles/kalbajar/"' in html


def test_an_empty_reference_has_an_entry_that_says_so():
    assert _entry() == "This reference is empty."


def test_an_empty_note_has_an_entry_that_says_so():
    assert page(content(body="[^n]", notes=[{"key": "n"}])).notes[0].html == "This note is empty."


@pytest.mark.parametrize("member", ["title", "publisher", "number", "genre", "edition", "event", "archive", "volume"])
@pytest.mark.parametrize("value", ["<i>x</i>", "a\nb", "&amp;", '"'])
def test_any_member_may_hold_any_text(member, value):
    html = _entry({"type": "book", "title": "T", member: value})
    assert "<i>" not in html
    assert " ".join(value.split()) in words(html)


@pytest.mark.parametrize("member", ["number", "edition", "volume", "page"])
@pytest.mark.parametrize("value", [12, 1.5, -1])
def test_members_that_are_numbers_may_be_numbers(member, value):
    assert str(value) in words(_entry({"type": "book", "title": "T", member: value}))


@pytest.mark.parametrize(
    "csl_type", "article bill broadcast dataset hearing interview legal_case map patent song speech thesis".split()
)
def test_works_of_every_type_are_written(csl_type):
    assert words(_entry({"type": csl_type, "title": "T"})) == "T."


def test_no_full_stop_follows_one_that_has_marks_behind_it():
    references = [
        {"key": "a", "source": {"type": "book", "title": "T"}, "remark": "Ends with a stop.[@b, p. 2]"},
        {"key": "b", "text": "So it is (he said.)"},
    ]
    first, second = page(content(body="X.[@a]", references=references)).references
    assert first.html.endswith("</sup></span>")
    assert second.html.endswith(".)")
