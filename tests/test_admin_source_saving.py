"""What the save of a source does: revisions, conflicts, copies, pop-ups, versions."""

import pytest

from articles.admin import source_duplicates
from articles.admin.source_form import SourceForm
from articles.models import Revision, Source
from articles.revisions import newest_content

from .making import BOOK, REPORT, change_source, content, record
from .source_desk import ADD, address, as_browser, make_source, posted

pytestmark = pytest.mark.django_db


def test_a_change_makes_revisions_and_the_message_leads_to_them(desk, editor):
    article = record(None, content()).article
    source = Source.objects.get()
    response = posted(desk, source, publisher="Human Rights Watch", summary="Add the publisher")
    revision = article.revisions.newest()
    assert (revision.number, revision.author, revision.summary) == (2, editor, "Add the publisher")
    assert newest_content(article).references[0].source.csl == REPORT | {"publisher": "Human Rights Watch"}
    page = desk.get(response.url).content.decode()
    assert f'href="{revision.get_absolute_url()}"' in page
    assert "1 article got a new revision" in page


def test_an_unchanged_save_says_so(desk):
    record(None, content())
    response = posted(desk, Source.objects.get())
    assert "Nothing was changed" in desk.get(response.url).content.decode()
    assert Revision.objects.count() == 1


def test_the_page_lists_where_the_source_is_used_without_a_query_for_each(desk, django_assert_max_num_queries):
    for index in range(8):
        record(None, content(slug=f"battle-{index}", title=f"Battle {index}"))
    source = Source.objects.get()
    with django_assert_max_num_queries(16):
        page = desk.get(address(source)).content.decode()
    assert "Used in 8 articles" in page
    assert page.count("#ref-hrw") == 8
    assert 'href="/articles/battle-3/revisions/1/"' in page


def test_a_form_of_an_older_version_is_refused_with_the_text_kept(desk):
    article = record(None, content()).article
    source = Source.objects.get()
    form = as_browser(desk.get(address(source)))
    change_source(source, REPORT | {"publisher": "HRW", "title": "Seven Years", "author": [{"literal": "HRW"}]})
    mine = form | {"title": "My title", "genre": "Report", "_save": "1"}
    response = desk.post(address(source), mine)
    assert response.status_code == 200
    assert article.revisions.count() == 2
    page = response.content.decode()
    assert "Your text is safe" in page
    shown = response.context["form"]
    assert [(str(label), text) for label, text in shown.theirs] == [("Title", "Seven Years")]
    assert (shown["title"].value(), shown["genre"].value(), shown["publisher"].value()) == ("My title", "Report", "HRW")
    # Saved again, it takes the others' changes along.
    again = desk.post(address(source), as_browser(response))
    assert again.status_code == 302
    assert Source.objects.get().content.csl == REPORT | {
        "publisher": "HRW", "title": "My title", "genre": "Report", "author": [{"literal": "HRW"}]
    }  # fmt: skip


def test_contributors_changed_by_both_are_told_and_keep_what_has_no_field(desk):
    names = [{"family": "A", "suffix": "Jr."}, {"family": "B"}]
    source = make_source(BOOK | {"author": names})
    form = as_browser(desk.get(address(source)), **{"contributors-1-family": "Mine"})
    change_source(source, BOOK | {"author": [{"family": "New"}, names[0], names[1]]})
    response = desk.post(address(source), form)
    assert [text for _label, text in response.context["form"].theirs] == ["Author: New; Author: A; Author: B"]
    desk.post(address(source), as_browser(response))
    assert Source.objects.get().content.csl["author"] == [names[0], {"family": "Mine"}]


@pytest.mark.parametrize("version", ["", "0", "99999999", "x", "9" * 40])
def test_a_form_without_a_right_version_writes_nothing(desk, version):
    source = make_source(BOOK)
    response = desk.post(address(source), {"version": version, "title": "New"})
    assert response.status_code == 200
    assert Source.objects.get().content.csl == BOOK


def test_a_change_between_reading_and_writing_is_noticed(desk, monkeypatch):
    source = make_source(BOOK)
    form = as_browser(desk.get(address(source)), title="Mine")
    put = SourceForm.put

    def put_late(self):
        put(self)
        monkeypatch.setattr(SourceForm, "put", put)
        change_source(source, BOOK | {"title": "Theirs"})

    monkeypatch.setattr(SourceForm, "put", put_late)
    response = desk.post(address(source), form)
    assert response.status_code == 200
    assert Source.objects.get().content.csl["title"] == "Theirs"
    assert source.history.count() == 2
    assert (response.context["form"]["title"].value(), response.context["form"].theirs[0][1]) == ("Mine", "Theirs")


@pytest.mark.parametrize(("field", "text"), [("ISBN", "0814719449"), ("DOI", "https://doi.org/10.1/AbC/D")])
def test_a_copy_is_warned_about_before_it_is_stored(desk, field, text):
    first = make_source(BOOK | {"ISBN": "978-0-8147-1944-2", "DOI": "10.1234/abc"})
    text = "10.1234/ABC" if field == "DOI" else text
    filled = {"type": "book", "title": "Black garden", field: text}
    response = desk.post(ADD, filled)
    assert response.status_code == 200
    assert f'href="{address(first)}"' in response.content.decode()
    assert Source.objects.count() == 1
    assert desk.post(ADD, filled | {"another": "on"}).status_code == 302
    assert "works much like this one" in desk.get(address(first)).content.decode()
    assert posted(desk, first, title="Black Garden: 2013").status_code == 302


def test_the_very_same_data_are_a_copy(desk):
    make_source(BOOK)
    same = {"type": "book", "title": "Black Garden", "contributors-0-role": "author"}
    response = desk.post(ADD, same | {"contributors-0-family": "de Waal", "contributors-0-given": "Thomas"})
    assert response.context["form"].duplicates


@pytest.mark.parametrize("common", [0, 2, 100])
def test_a_copy_is_found_by_its_rare_words_or_where_all_are_common(desk, monkeypatch, common):
    """However many works of the library share the other words of its title."""
    monkeypatch.setattr(source_duplicates, "_COMMON", common)
    for number, town in enumerate(("Aghdam", "Fuzuli", "Jabrayil", "Zangilan")):
        make_source({"type": "book", "title": f"The occupation of {town}", "number": str(number)})
    first = make_source({"type": "book", "title": "The occupation of Kalbajar"})
    response = desk.post(ADD, {"type": "book", "title": "The Occupation of Kalbajar", "publisher": "Baku"})
    assert response.context["form"].duplicates == [first]
    response = desk.post(ADD, {"type": "book", "title": "The Occupation of Tehran", "publisher": "Baku"})
    assert response.status_code == 302, "the words that many works share make no copy"
    if common > 2:
        response = desk.post(ADD, {"type": "book", "title": "The Occupation of Kalbadjar", "publisher": "Baku"})
        assert response.context["form"].duplicates == [first], "a word may be spelt otherwise"
