"""``loadarticle`` and ``dumparticle`` through the command line's door."""

import io
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.interchange import read_file
from articles.models import Article, Image, Publication, Revision, Source

from .articles_for_tests import DEMO

pytestmark = pytest.mark.django_db

BOOK = {"type": "book", "title": "Black Garden", "ISBN": "0-8147-1944-9"}


@pytest.fixture
def file(tmp_path):
    """Return a function that writes an interchange file and gives its path."""

    def write(name="a.json", **members):
        work = {"key": "w", "text": "A work."}
        head = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": "Text.[@w]", "references": [work]}
        path = tmp_path / name
        path.write_text(json.dumps(head | members), encoding="utf-8")
        return str(path)

    return write


def load(*files, **options):
    """Return the lines of ``loadarticle`` and its exit status."""
    out = io.StringIO()
    try:
        call_command("loadarticle", *files, stdout=out, **options)
    except SystemExit as end:
        return out.getvalue().splitlines(), end.code
    return out.getvalue().splitlines(), 0


def dump(*args, **options):
    out = io.StringIO()
    call_command("dumparticle", *args, stdout=out, **options)
    return out.getvalue()


def test_a_file_becomes_a_revision_and_the_same_file_changes_nothing(file):
    path = file()
    assert load(path) == ([f"{path}: revision 1"], 0)
    assert load(path) == ([f"{path}: unchanged"], 0)


def test_problems_are_told_with_the_places_of_the_file(file):
    rows = [
        {"field": "casualties", "side": 1, "value": "400 killed"},
        {"field": "combatant", "side": 1, "value": "Armenia[@nobody]"},
    ]
    path = file(infobox={"kind": "military-conflict", "rows": rows})
    lines, status = load(path)
    assert status == 0
    assert lines[0] == f"{path}: revision 1"
    assert any(line.startswith(f"{path}: infobox.rows[1].value:1:8: undefined_reference: ") for line in lines)
    assert any(line.startswith(f"{path}: infobox.rows[0].value") and "uncited_figure" in line for line in lines)


def test_publishing_with_errors_writes_nothing(file):
    path = file(body="Wrong.[@nobody]")
    lines, status = load(path, publish=True)
    assert status == 1
    assert not any("revision" in line.split(": ")[1] for line in lines)
    assert any(line.startswith(f"{path}: body:1:7: undefined_reference: ") for line in lines)
    assert not Article.objects.exists()


def test_publishing_twice_makes_one_publication(file):
    path = file()
    load(path)
    assert load(path, publish=True) == ([f"{path}: unchanged"], 0)
    assert load(path, publish=True) == ([f"{path}: unchanged"], 0)
    assert Publication.objects.count() == 1


def test_a_newer_revision_than_the_base_is_a_conflict(file):
    path = file()
    load(path)
    load(file(body="Second.[@w]"))
    lines, status = load(file(body="Third.[@w]"), base=1)
    assert status == 1
    assert ": base: invalid: " in lines[0]
    assert Revision.objects.count() == 2


def test_files_of_one_call_are_independent(file):
    good, bad = file("good.json"), file("bad.json", slug="b", title="")
    lines, status = load(bad, good)
    assert status == 1
    assert lines[0].startswith(f"{bad}: title: invalid: ")
    assert lines[1] == f"{good}: revision 1"


def test_two_files_with_one_slug_are_both_refused(file):
    one, two, three = file("1.json"), file("2.json"), file("3.json", slug="c")
    lines, status = load(one, two, three)
    assert status == 1
    assert [line.split(": ")[:3] for line in lines] == [
        [one, "slug", "invalid"], [two, "slug", "invalid"], [three, "revision 1"]
    ]  # fmt: skip
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"a": NaN}', '{"slug": "a", "slug": "b"}', "\ufeffnope", "[" * 100_000]
)
def test_a_malformed_file_is_told_and_nothing_is_written(tmp_path, text):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    lines, status = load(str(path))
    assert status == 1
    assert lines
    assert all(line.startswith(f"{path}: ") for line in lines)


def test_files_that_cannot_be_read_are_told(tmp_path):
    (tmp_path / "latin.json").write_bytes(b'{"title": "\xe9"}')
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "latin.json"):
        lines, status = load(str(path))
        assert status == 1
        assert lines[0].startswith(f"{path}: file: invalid: ")


def test_a_file_without_an_end_and_a_pipe_without_a_writer_are_told_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("articles.interchange.loading._MOST_BYTES", 1_000)
    assert load("/dev/zero") == (["/dev/zero: file: invalid: cannot be read: File too large"], 1)
    os.mkfifo(tmp_path / "pipe")
    lines, status = load(str(tmp_path / "pipe"))
    assert (len(lines), status) == (1, 1)


def test_a_file_may_come_through_a_pipe(file):
    reading, writing = os.pipe()
    with ThreadPoolExecutor(1) as pool, open(reading, "rb"):
        loaded = pool.submit(read_file, f"/proc/self/fd/{reading}")
        with pytest.raises(TimeoutError):
            loaded.result(timeout=0.3)
        with open(writing, "wb") as pipe:
            pipe.write(Path(file()).read_bytes())
        assert loaded.result(timeout=20).slug == "a"


def test_the_article_is_found_by_any_slug_it_had(file):
    load(file())
    load(file(slug="a", title="A renamed"))
    load(file("b.json", slug="b"))
    assert Article.objects.count() == 2


def test_a_loaded_source_is_shared_by_equal_data_and_a_near_copy_is_told(file):
    load(file(references=[{"key": "w", "source": BOOK}], body="[@w]"))
    load(file("b.json", slug="b", references=[{"key": "w", "source": BOOK}], body="[@w]"))
    assert Source.objects.count() == 1
    near = BOOK | {"title": "Black garden"}
    lines, status = load(file("c.json", slug="c", references=[{"key": "w", "source": near}], body="[@w]"))
    assert status == 0
    assert [line for line in lines if "references[0].source: possible_duplicate_source: " in line]
    assert Source.objects.count() == 2


def test_a_source_of_many_numbers_asks_no_more_than_one_of_few(file, django_assert_max_num_queries):
    load(file(references=[{"key": "w", "source": BOOK}], body="[@w]"))

    def questions(name, numbers):
        work = {"type": "book", "title": name, "ISBN": " ".join(f"978{number:010}" for number in numbers)}
        path = file(f"{name}.json", slug=name, references=[{"key": "w", "source": work}], body="[@w]")
        with django_assert_max_num_queries(10_000) as asked:
            load(path)
        return sum(one["sql"].startswith("SELECT") for one in asked.captured_queries)

    assert questions("many", range(100, 2_000)) == questions("few", range(2))


def test_two_new_sources_of_one_number_in_a_file_are_told(file):
    rows = [{"key": key, "source": BOOK | {"title": key}} for key in ("one", "two")]
    lines, _status = load(file(references=rows, body="[@one][@two]"))
    assert [line for line in lines if "references[1].source: possible_duplicate_source: “one”" in line]


def test_the_author_is_named_and_must_exist(file, editor):
    load(file(), user="editor", summary="First")
    assert (Revision.objects.get().author, Revision.objects.get().summary) == (editor, "First")
    with pytest.raises(CommandError, match="no user"):
        call_command("loadarticle", file(), user="nobody")


def test_a_picture_that_is_none_is_refused(file, tmp_path):
    (tmp_path / "map.png").write_text("no picture")
    figure = {"key": "map", "image": "map.png"}
    for image in ("map.png", "none.png", "../up.png", "sha256:" + "0" * 64):
        lines, status = load(file(figures=[figure | {"image": image}]))
        assert status == 1, image
        assert "figures[0].image" in lines[0]
    assert not Article.objects.exists()
    assert not Image.objects.exists()


def test_the_demo_article_loads_dumps_and_loads_again_unchanged(tmp_path):
    path = str(DEMO / "battle-of-kalbajar.json")
    lines, status = load(path, publish=True)
    assert status == 0
    assert lines[0] == f"{path}: revision 1"
    assert load(path)[0][0] == f"{path}: unchanged"
    dumped = json.loads(dump("battle-of-kalbajar"))
    assert all(figure["image"].startswith("sha256:") for figure in dumped["figures"])
    (tmp_path / "hashes.json").write_text(json.dumps(dumped), encoding="utf-8")
    assert load(str(tmp_path / "hashes.json"))[0][0].endswith(": unchanged")
    dump("battle-of-kalbajar", to=str(tmp_path / "out"))
    written = str(tmp_path / "out" / "battle-of-kalbajar.json")
    assert load(written)[0][0] == f"{written}: unchanged"
    assert Image.objects.count() == 2


def test_an_older_revision_is_dumped_and_loads_as_new_content(file, tmp_path):
    load(file())
    load(file(body="Second.[@w]"))
    old = tmp_path / "old.json"
    old.write_text(dump("a", revision=1), encoding="utf-8")
    assert load(str(old)) == ([f"{old}: revision 3"], 0)
    with pytest.raises(CommandError, match="Name the folder"):
        dump("battle-of-kalbajar", to="")
    with pytest.raises(CommandError, match="no revision 9"):
        dump("a", revision=9)
    with pytest.raises(CommandError, match="slug"):
        dump("unknown")


def test_a_new_credit_makes_a_new_image_over_the_same_file(file, tmp_path):
    shutil.copy(DEMO / "images" / "kalbajar-map.png", tmp_path / "map.png")
    figure = {"key": "map", "image": "map.png", "credit": "One", "licence": "CC0"}
    load(file(figures=[figure]))
    load(file("b.json", slug="b", figures=[figure]))
    assert Image.objects.count() == 1
    load(file("c.json", slug="c", figures=[figure | {"credit": "Another"}]))
    assert Image.objects.count() == 2
    assert len({image.name for image in Image.objects.all()}) == 1
