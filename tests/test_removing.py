"""Text that had to go for legal reasons is gone from everything, and the history still proves what it was."""

import unicodedata
from io import BytesIO, StringIO, TextIOWrapper
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, ReaderReport, Removal, ReviewComment, ReviewEvent, Revision, Source, Stash
from articles.models.append_only import append_only_models, missing_triggers, triggers_lifted
from articles.publishing import publish
from articles.revisions import (
    NotRemovable,
    content_at,
    first_broken,
    passage_places,
    record_shared_change,
    remove_passage,
)

from .making import BOOK, change_source, content, figure, picture, record

pytestmark = pytest.mark.django_db
PASSAGE = "Anna Petrosyan of 12 “Mill” Road\nwas seen"
ONE_LINE = "Anna Petrosyan of 12 “Mill” Road"
CITED = "Also Kelbajar.[@dewaal]"


def everything(*passages):
    """Return the tables of the database in which any of ``passages`` stands, as stored or escaped."""
    found = set()
    forms = {form for one in passages for form in (one, one.replace("\n", "\\n"), ONE_LINE)}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(form in str(value) for row in cursor.fetchall() for value in row for form in forms):
                found.add(table)
    return found


@pytest.fixture
def article(editor):
    """An article that said the passage everywhere, was published with it, and says it no more."""
    picture("a")
    said = content(
        body=f"The battle[^spelling] took place.[@hrw] {PASSAGE} there.[@hrw]",
        short_description=ONE_LINE,
        notes=[{"id": "k1", "key": "spelling", "text": f"Also Kelbajar.[@dewaal] {ONE_LINE}"}],
        references=[
            {"id": "f1", "key": "hrw", "source": BOOK | {"abstract": PASSAGE}, "quotation": PASSAGE},
            {"id": "f2", "key": "dewaal", "text": f"De Waal, on {ONE_LINE}."},
        ],
        figures=[figure("a", caption=f"{ONE_LINE}.", alt="A map.")],
    )
    article = record(None, said, author=editor, summary=f"About {ONE_LINE}").article
    first = article.revisions.get()
    publish(first, user=None)
    clean = said.replace(
        body="The battle[^spelling] took place.[@hrw]", short_description="",
        notes=content().notes, references=content(references=[
            {"id": "f1", "key": "hrw", "source": BOOK | {"abstract": PASSAGE}},
            {"id": "f2", "key": "dewaal", "text": "De Waal."}]).references, figures=(),
    )  # fmt: skip
    record(article, clean, author=editor)
    change_source(Source.objects.get(), BOOK)
    publish(article.revisions.newest(), user=None)
    now = timezone.now()
    ReviewEvent.objects.create(article=article, revision=first, kind="returned", time=now, comment=PASSAGE)
    ReviewComment.objects.create(revision=first, text=PASSAGE, user=editor, time=now)
    ReaderReport.objects.create(article=article, revision=first, text=PASSAGE, created=now)
    Stash.objects.create(user=editor, article=article, form_id="f", updated=now,
                         fields=urlencode({"body": f"x {PASSAGE}", "summary": "ok"}))  # fmt: skip
    return article


def gone(article):
    """Remove both forms of the passage."""
    remove_passage(article, PASSAGE, user=None, reason="Court, 12/2026")
    remove_passage(article, ONE_LINE, user=None, reason="Court, 12/2026")


def test_it_is_gone_from_every_table_and_all_else_stays(article):
    assert len(everything(PASSAGE)) > 8
    before = [content_at(one) for one in article.revisions.order_by("number")]
    gone(article)
    assert everything(PASSAGE) == set()
    then = content_at(article.revisions.get(number=1))
    assert then.body == "The battle[^spelling] took place.[@hrw] [removed] there.[@hrw]"
    assert then.references[0].source.csl == BOOK | {"abstract": "[removed]"}
    assert then.title == before[0].title
    assert content_at(article.revisions.newest()) == before[-1]
    assert article.publications.last().article_content() == then
    assert Stash.objects.get().fields == "body=x+%5Bremoved%5D&summary=ok"


@pytest.mark.parametrize("sent", ["seen in a café\r\nby the mill", "seen in a cafe\u0301\nby the mill"])
def test_unsaved_text_loses_it_however_a_browser_sends_it(article, sent):
    Stash.objects.update(fields=urlencode({"body": f"x {sent}.", "summary": "ok"}))
    remove_passage(article, "seen in a café\nby the mill", user=None, reason="Court")
    assert Stash.objects.get().fields == "body=x+%5Bremoved%5D.&summary=ok"


def test_a_text_of_no_article_yet_loses_it_too(article):
    Stash.objects.update(article=None, fields=urlencode({"title": "Copy", "body": f"x {ONE_LINE}"}))
    remove_passage(article, ONE_LINE, user=None, reason="Court")
    assert Stash.objects.get().fields == urlencode({"title": "Copy", "body": "x [removed]"})


def test_the_chain_stays_whole_and_a_later_change_is_told(article):
    gone(article)
    said = StringIO()
    call_command("verify_history", stdout=said, stderr=said)
    assert first_broken(article.pk) is None
    assert set(Removal.objects.values_list("revision__number", flat=True)) >= {1}
    assert not missing_triggers(connection, append_only_models())
    table = Article.history.model._meta.db_table
    with triggers_lifted(connection, Article.history.model), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET body = 'Forged.' WHERE body LIKE '%%[removed]%%'")
    assert first_broken(article.pk) == (1, "what it wrote is not what was recorded")


def test_readers_and_editors_are_told_that_text_was_removed(article, client, client_of, editor):
    address = "/articles/battle-of-kalbajar/revisions/1/"
    assert "removed from it" not in client.get(address).content.decode()
    gone(article)
    page = client.get(address).content.decode()
    assert "Text was removed from it for legal reasons" in page
    assert "Petrosyan" not in page
    assert "Petrosyan" not in client_of(editor).get("/articles/battle-of-kalbajar/history/").content.decode()


def test_other_articles_lose_only_what_they_had_of_the_shared_source():
    cited = {"notes": [], "references": [{"id": "f1", "key": "hrw", "source": BOOK | {"abstract": ONE_LINE}}]}
    article = record(None, content(body="Fought.[@hrw]", **cited)).article
    other = record(None, content(slug="other", title="Other", body=f"{ONE_LINE}.[@hrw]", **cited)).article
    both = (article, other)
    for one in both:
        publish(one.revisions.get(), user=None)
    change_source(Source.objects.get(), BOOK)
    with pytest.raises(NotRemovable, match="Readers of battle-of-kalbajar still see it"):
        remove_passage(article, ONE_LINE, user=None, reason="Court")
    publish(article.revisions.newest(), user=None)
    with pytest.raises(NotRemovable, match="Readers of other still see it"):
        remove_passage(article, ONE_LINE, user=None, reason="Court")
    publish(other.revisions.newest(), user=None)
    remove_passage(article, ONE_LINE, user=None, reason="Court")
    old = content_at(other.revisions.get(number=1))
    assert old.body == f"{ONE_LINE}.[@hrw]"
    assert old.references[0].source.csl["abstract"] == "[removed]"
    assert other.publications.last().article_content() == old
    assert [first_broken(one.pk) for one in both] == [None, None]


def test_other_articles_lose_what_they_had_of_the_shared_picture():
    image = picture("a", credit=ONE_LINE)
    shown = figure("a", credit=ONE_LINE)
    article = record(None, content(figures=[shown])).article
    other = record(None, content(slug="other", title="Other", figures=[shown | {"alt": f"{ONE_LINE}."}])).article
    for one in (article, other):
        publish(one.revisions.get(), user=None)
    image.credit = "Survey"
    record_shared_change(image, author=None)
    publish(article.revisions.newest(), user=None)
    with pytest.raises(NotRemovable, match="Readers of other still see it"):
        remove_passage(article, ONE_LINE, user=None, reason="Court")
    publish(other.revisions.newest(), user=None)
    remove_passage(article, ONE_LINE, user=None, reason="Court")
    old = other.publications.last().article_content()
    assert (old.figures[0].credit, old.figures[0].alt) == ("[removed]", f"{ONE_LINE}.")
    call_command("verify_history", stdout=StringIO(), stderr=StringIO())


def test_the_log_tells_of_articles_that_lost_something_and_of_no_others(
    article, caplog, django_capture_on_commit_callbacks
):
    cited = {"notes": [], "references": [{"id": "f1", "key": "same", "source": BOOK}]}
    other = record(None, content(slug="other", title="Other", body="Fought.[@same]", **cited)).article
    assert other.references.get().source == Source.objects.get()
    with django_capture_on_commit_callbacks(execute=True), caplog.at_level("INFO", "security"):
        remove_passage(article, PASSAGE, user=None, reason="Court")
    told = [one.article for one in caplog.records if one.message == "text removed"]
    assert told == [article.pk]


@pytest.mark.parametrize(
    ("passage", "reason", "words"),
    [
        ("Anna", "Court", "at least 12 characters"),
        (PASSAGE, " ", "Say why"),
        (PASSAGE, "\u0958" * 251, "The reason is 502 characters long"),
        ("Nobody ever wrote these words", "Court", "stands nowhere"),
        ("The battle[^spelling] took place.", "Court", "still says it"),
    ],
)
def test_what_cannot_be_removed_is_refused_and_nothing_changes(article, passage, reason, words):
    before = passage_places(article, PASSAGE)
    with pytest.raises(NotRemovable, match=words):
        remove_passage(article, passage, user=None, reason=reason)
    assert passage_places(article, PASSAGE) == before
    assert not Removal.objects.exists()


def test_while_readers_still_see_it_nothing_is_removed():
    article = record(None, content(body=f"{ONE_LINE}.[@hrw]")).article
    publish(article.revisions.get(), user=None)
    record(article, content())
    with pytest.raises(NotRemovable, match="Readers of battle-of-kalbajar still see it"):
        remove_passage(article, ONE_LINE, user=None, reason="Court")


def test_a_history_that_was_forged_is_not_touched(article):
    with triggers_lifted(connection, Revision), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_revision SET summary = 'Forged' WHERE number = 2")
    with pytest.raises(NotRemovable, match="broken at revision 2"):
        remove_passage(article, PASSAGE, user=None, reason="Court")


# --- The command ------------------------------------------------------------------------------------------------------


def run(monkeypatch, text, *arguments):
    """Run the command with ``text``, or bytes, on standard input; return what it said."""
    said = StringIO()
    given = text if isinstance(text, bytes) else text.encode()
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(given), "ascii", "surrogateescape"))
    call_command("removetext", *arguments, stdout=said)
    return said.getvalue()


def test_the_command_looks_first_and_then_removes(article, monkeypatch):
    looked = run(monkeypatch, PASSAGE, article.slug, "--dry-run")
    assert "It stands in publications: 1" in looked
    assert "Nothing was changed" in looked
    assert everything(PASSAGE)
    done = run(monkeypatch, PASSAGE + "\n", article.slug, "--reason", "Court, 12/2026")
    assert "Removed from publications: 1" in done
    assert "Backups" in done
    assert "nowhere" in run(monkeypatch, PASSAGE, article.slug, "--dry-run")


@pytest.mark.parametrize(
    "given",
    [
        PASSAGE.encode("utf-8-sig"),
        PASSAGE.replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", f"{PASSAGE} café").encode(),
    ],
)
def test_a_passage_is_found_however_its_file_was_written(given, article, monkeypatch, editor):
    Stash.objects.create(user=editor, article=article, form_id="g", updated=timezone.now(),
                         fields=urlencode({"body": f"{PASSAGE} café"}))  # fmt: skip
    assert "It stands in unsaved texts" in run(monkeypatch, given, article.slug, "--dry-run")


@pytest.mark.parametrize("given", [PASSAGE.encode("cp1252"), PASSAGE.encode("utf-16")])
def test_a_passage_in_another_encoding_is_no_passage_that_stands_nowhere(given, article, monkeypatch):
    with pytest.raises(CommandError, match=r"not UTF-8 text\. Nothing was looked for"):
        run(monkeypatch, given, article.slug, "--dry-run")


@pytest.mark.parametrize("given", [f"{PASSAGE}\0 again", "Anna Petrosyan".encode("utf-16-le")])
def test_a_passage_with_what_is_never_recorded_is_refused(given, article, monkeypatch):
    with pytest.raises(CommandError, match=r"The passage contains a control character \(U\+0000"):
        run(monkeypatch, given, article.slug, "--dry-run")


def test_only_who_may_removes(article, monkeypatch, editor, administrator):
    for name, words in ((editor.username, "does not allow"), ("nobody", "no user")):
        with pytest.raises(CommandError, match=words):
            run(monkeypatch, PASSAGE, article.slug, "--reason", "Court", "--user", name)
    run(monkeypatch, PASSAGE, article.slug, "--reason", "Court", "--user", administrator.username)
    assert set(Removal.objects.values_list("user", flat=True)) == {administrator.pk}
    with pytest.raises(CommandError, match="No article has or had"):
        run(monkeypatch, PASSAGE, "nowhere")


def test_a_failure_in_between_leaves_everything(article, monkeypatch):
    def fail(*_):
        raise ValueError

    monkeypatch.setattr("articles.revisions.removing._check_readable", fail)
    before = passage_places(article, PASSAGE)
    with pytest.raises(ValueError), transaction.atomic():
        remove_passage(article, PASSAGE, user=None, reason="Court")
    assert passage_places(article, PASSAGE) == before
    assert not missing_triggers(connection, append_only_models())
