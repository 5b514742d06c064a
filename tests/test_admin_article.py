"""The article's form and list, through the client: saving, rows, versions, what they cost."""

import unicodedata

from django.contrib.admin.models import LogEntry
from django.utils.formats import date_format
from django.utils.timezone import localtime

from articles.folding import make_slug
from articles.models import Article, Revision, Source
from articles.publishing import publish
from articles.revisions import content_at, newest_content as newest

from .articles_for_tests import edit, load_demo
from .desk import ADD, add_row, change_address, form_fields, open_form, send, words_of
from .making import BOOK, change_source, content, figure, picture, record

# --- Saving -----------------------------------------------------------------------------------------------------------


def test_an_untouched_form_makes_no_revision(desk, db):
    article = load_demo(publishing=False)
    before = newest(article)
    response = send(desk, article, open_form(desk, article))
    assert "Nothing differs from revision 1; no revision was made." in words_of(response)
    assert (Revision.objects.count(), newest(article)) == (1, before)


def test_a_change_is_one_revision_with_author_summary_and_base(desk, article, editor):
    response = send(desk, article, open_form(desk, article), title="Battle of Kelbajar", summary="Respell", minor="on")
    revision = article.revisions.newest()
    assert "Revision 2 saved." in words_of(response)
    assert (revision.number, revision.author, revision.summary) == (2, editor, "Respell")
    assert (revision.minor, revision.base, revision.shared) == (True, 1, False)
    assert content_at(revision) == newest(article) == content_at_first(article).replace(title="Battle of Kelbajar")


def content_at_first(article):
    return content_at(article.revisions.get(number=1))


def test_part_of_is_told_by_the_title_of_an_article_or_by_an_address(desk, article):
    record(None, content(slug="karabakh-war", title="First War, 1988–94"))
    record(None, content(slug="fall-of-lacin", title="Fall of Laçın"))
    siege = publish(record(None, content(slug="siege", title="Siege of Şuşa")), user=None).article
    record(siege, content(slug="siege-of-shusha", title="Siege of Şuşa"))
    titles = (("First War, 1988–94 ", "karabakh-war"), ("Siege of Şuşa", "siege"))
    for told, kept in (
        *titles,
        (unicodedata.normalize("NFD", "Siege of Şuşa"), "siege"),
        ("fall of LACIN", "fall-of-lacin"),
        ("not-written", "not-written"),
    ):
        send(desk, article, open_form(desk, article), part_of=told)
        assert newest(article).part_of == kept
    record(None, content(slug="another-war", title="First War, 1988–94"))
    long = "Battle of the " + 4 * "very long river crossing "
    record(None, content(slug=make_slug(f"{long} in the first year"), title=f"{long} in the first year"))
    for told, why in (
        ("First War, 1988–94", "Part of is the title of several articles"),
        (article.title, "Part of must be the title of another article"),
        (f"{long} in the second year", "Part of must be the title of another article"),
    ):
        response = send(desk, article, open_form(desk, article), part_of=told)
        assert why in response.content.decode()


def test_an_article_that_gets_another_address_is_still_no_part_of_itself(desk, article):
    response = send(desk, article, open_form(desk, article), slug="another-address", part_of=article.title)
    assert "Part of must be the title of another article" in response.content.decode()


def test_a_row_says_since_when_it_stands_as_all_dates_are_written(desk, article):
    created = article.revisions.newest().created
    page = desk.get(change_address(article)).content.decode()
    assert f"Since revision 1, {date_format(localtime(created), 'j F Y')}" in page


def test_the_log_entry_names_the_revision(desk, article):
    send(desk, article, open_form(desk, article), body="Changed.")
    assert "Revision 2" in LogEntry.objects.get().get_change_message()


def test_a_new_article_takes_its_slug_from_the_title(desk):
    fields = form_fields(desk.get(ADD))
    fields = add_row(fields, "notes", key="a", text="A note.")
    fields = add_row(fields, "infobox", field="combatant", side="1", value="Armenia")
    response = send(desk, None, fields, title="Kəlbəcər döyüşü", body="Text[^a].", latitude="40.1", longitude="46")
    article = Article.objects.get()
    assert "Revision 1 saved." in words_of(response)
    assert article.slug == "kelbecer-doyusu"
    stored = newest(article)
    assert [note.key for note in stored.notes] == ["a"]
    assert stored.infobox.rows[0].side == 1
    assert str(stored.coordinates.latitude) == "40.1"


def test_every_field_of_a_row_is_kept(desk, article):
    fields = add_row(open_form(desk, article), "references", key="new", text="Free text", pages="3–5", quotation="Q",
                     translation="T", remark="R")  # fmt: skip
    fields = add_row(fields, "names", name="Кельбаджар", language="ru", script="Cyrl")
    fields = add_row(fields, "categories", name="Sieges")
    send(desk, article, fields)
    stored = newest(article)
    row = stored.references[-1]
    assert (row.key, row.text, row.pages, row.quotation, row.translation, row.remark) == (
        "new", "Free text", "3–5", "Q", "T", "R")  # fmt: skip
    assert (stored.names[-1].name, stored.names[-1].language, stored.names[-1].script) == ("Кельбаджар", "ru", "Cyrl")
    assert stored.categories == ("Battles of 1993", "Sieges")


def test_rows_keep_their_ids_through_changes(desk, article):
    fields = open_form(desk, article) | {"notes-0-key": "names", "notes-0-text": "Other.", "body": "A[^names]."}
    send(desk, article, fields)
    (note,) = newest(article).notes
    assert (note.id, note.key) == ("k1", "names")


def test_rows_stand_in_the_order_of_their_numbers_new_ones_last(desk, article):
    fields = add_row(open_form(desk, article), "references", key="last", text="L")
    fields = add_row(fields, "references", key="between", text="B", ORDER="15")
    send(desk, article, fields | {"references-0-ORDER": "30"})
    assert [row.key for row in newest(article).references] == ["between", "dewaal", "hrw", "last"]


def test_two_keys_are_swapped_in_one_save(desk, article):
    send(desk, article, open_form(desk, article) | {"references-0-key": "dewaal", "references-1-key": "hrw"})
    assert [(row.id, row.key) for row in newest(article).references] == [("f1", "dewaal"), ("f2", "hrw")]


def test_a_ticked_row_and_an_emptied_row_go(desk, article):
    fields = open_form(desk, article) | {"references-1-DELETE": "on", "categories-0-name": " "}
    send(desk, article, fields)
    stored = newest(article)
    assert ([row.id for row in stored.references], stored.categories) == (["f1"], ())


def test_what_a_post_does_not_speak_of_stays(desk, article):
    response = desk.post(change_address(article), {"title": "T", "base_revision": "1", "_save": "Save"}, follow=True)
    assert "Revision 2 saved." in words_of(response)
    assert newest(article) == content_at_first(article).replace(title="T")


# --- Versions of sources and images -----------------------------------------------------------------------------------


def test_a_row_that_keeps_its_source_keeps_its_version(desk, article):
    before = newest(article).references[0]
    send(desk, article, open_form(desk, article) | {"references-0-pages": "20"})
    after = newest(article).references[0]
    assert (after.source_version, after.pages) == (before.source_version, "20")


def test_a_row_that_takes_another_source_takes_its_newest_version(desk, article):
    other = record(
        None, content(slug="other", references=[{"key": "b", "source": BOOK}], body="", notes=[], infobox={})
    )
    source = Source.objects.get(title="Black Garden")
    change_source(source, BOOK | {"publisher": "NYU Press"})
    send(desk, article, open_form(desk, article) | {"references-0-source": str(source.pk)})
    row = newest(article).references[0]
    assert row.source.csl["publisher"] == "NYU Press"
    assert row.source_version == source.history.latest().history_id
    assert other.article.revisions.newest().number == 2


def test_a_change_of_the_source_meanwhile_is_no_conflict(desk, article):
    fields = open_form(desk, article)
    source = Source.objects.get()
    change_source(source, {"type": "report", "title": "Seven Years"})
    response = send(desk, article, fields, body="Mine.[@hrw]")
    stored = newest(article)
    assert "Revision 3 saved." in words_of(response)
    assert (stored.body, stored.references[0].source.title) == ("Mine.[@hrw]", "Seven Years")


def test_a_figure_takes_file_credit_and_licence_of_its_image(desk, article):
    image = picture("a", credit="A. Surveyor")
    fields = add_row(open_form(desk, article), "figures", key="map", image=str(image.pk), placement="body", alt="A map")
    send(desk, article, fields)
    (row,) = newest(article).figures
    assert (row.image, row.credit, row.image_id, row.alt) == (f"sha256:{'a' * 64}", "A. Surveyor", image.pk, "A map")


def test_the_image_of_a_figure_is_shown_with_its_licence(desk, db):
    picture("b", licence="CC BY 4.0")
    article = record(None, content(figures=[figure("b", licence="CC BY 4.0")])).article
    page = desk.get(change_address(article)).content.decode()
    assert "CC BY 4.0" in page
    assert f"{'b'}.png" in page


# --- Cost -------------------------------------------------------------------------------------------------------------


def queries(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(60) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_hundred_rows_cost_no_query_more(desk, db, django_assert_max_num_queries):
    counts = []
    for size in (1, 100):
        references = [{"key": f"r{one}", "source": {"type": "book", "title": f"B{one}"}} for one in range(size)]
        picture_rows = []
        for one in range(1, min(size, 5) + 1):
            image = picture(f"{one}", credit=f"{size}")
            picture_rows.append(figure(f"{one}", credit=image.credit, key=f"m{one}"))
        members = {"slug": f"a{size}", "references": references, "figures": picture_rows, "body": "", "notes": [
            {"key": f"n{one}", "text": "N"} for one in range(size)]}  # fmt: skip
        article = record(None, content(**members)).article
        desk.get(change_address(article))
        counts.append(queries(desk, change_address(article), django_assert_max_num_queries))
    assert counts[0] == counts[1]


def test_the_list_costs_the_same_for_one_article_and_for_many(desk, article, django_assert_max_num_queries):
    counts = []
    for size in (1, 20):
        for one in range(size):
            record(None, content(slug=f"s{size}-{one}", title=f"Battle {size} {one}"))
        counts.append(queries(desk, "/admin/articles/article/", django_assert_max_num_queries))
    assert counts[0] == counts[1]


def test_the_list_is_searched_by_title_slug_and_name(desk, article):
    record(None, content(slug="lachin", title="Capture of Lachin", names=[]))
    for words in ("Kalbajar", "battle-of-kal", "Kəlbəcər"):
        page = desk.get("/admin/articles/article/", {"q": words}).content.decode()
        assert "Battle of Kalbajar" in page
        assert "Capture of Lachin" not in page


def test_the_list_tells_the_state(client_of, superuser, db):
    article = load_demo()
    edit(article, title="Changed since")
    page = client_of(superuser).get("/admin/articles/article/").content.decode()
    assert '<span class="state" data-state="draft">draft</span>' in page
    assert "readers see revision 1" in page
    assert "Changed since" in page
