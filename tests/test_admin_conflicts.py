"""Two editors at one place of an article: what clashes is settled, nothing is lost."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.content import ArticleContent
from articles.models import Revision, Stash
from articles.revisions import newest_content

from .conflicts_for_tests import (
    BODY,
    PARAGRAPHS,
    disputed_article,  # noqa: F401 - a fixture
    saves_of_anna,  # noqa: F401 - a fixture
    user_anna,  # noqa: F401 - a fixture
    written,
)
from .desk import add_row, change_address, form_fields, open_form, send, words_of
from .making import content, figure, picture, record


def settle(client, response, *ways, button="_continue", text=""):
    """Choose on the page of a conflict and send it; return the response to which it leads."""
    fields = form_fields(response, "settle_form")
    for clash, way in zip(response.context["clashes"], ways, strict=True):
        fields[f"way-{clash.clash.key}"] = way
        if text:
            fields[f"text-{clash.clash.key}"] = text
    return client.post(response.request["PATH_INFO"], fields | {button: "Save"}, follow=True)


# --- What clashes -----------------------------------------------------------------------------------------------------


def clash(desk, article, other_saves, mine, theirs):
    """Let both change the article; return the page of the conflict."""
    fields = open_form(desk, article)
    other_saves(**theirs)
    return send(desk, article, fields | mine)


def test_what_clashes_is_shown_side_by_side_and_nothing_is_written(desk, article, other_saves):
    response = clash(desk, article, other_saves, {"title": "My title", "short_description": "Mine"},
                     {"title": "Their title", "part_of": "theirs"})  # fmt: skip
    page = response.content.decode()
    assert Revision.objects.count() == 2
    assert "Your text is safe" in page
    (shown,) = response.context["clashes"]
    assert (shown.clash.label, shown.clash.mine, shown.clash.theirs) == ("Title", "My title", "Their title")
    assert "short description: none → Mine" in page
    assert "part of: none → theirs" in page
    response = settle(desk, response, "theirs")
    assert "Revision 3 saved." in words_of(response)
    assert "Put together, as you chose, with what was saved meanwhile: Anna Petrosyan" in words_of(response)
    newest = newest_content(article)
    assert (newest.title, newest.short_description, newest.part_of) == ("Their title", "Mine", "theirs")
    assert Stash.objects.get().state == Stash.RECORDED


@pytest.mark.parametrize(
    ("way", "second"),
    [
        ("mine", "The second day of the battle was mine."),
        ("theirs", "The second day of the battle was theirs."),
        ("both", "The second day of the battle was mine.\n\nThe second day of the battle was theirs."),
        ("edit", "Whatever it was."),
    ],
)
def test_a_paragraph_is_settled_in_four_ways(desk, article, other_saves, way, second):
    mine, theirs = BODY.replace("loud", "mine"), BODY.replace("loud", "theirs")
    response = clash(desk, article, other_saves, {"body": mine}, {"body": theirs})
    settle(desk, response, way, text="Whatever it was.")
    assert newest_content(article).body == f"{PARAGRAPHS[0]}\n\n{second}"


@pytest.mark.parametrize(("way", "texts"), [("mine", ["My long work."]), ("theirs", [])])
def test_a_row_that_was_deleted_meanwhile_keeps_my_text(desk, article, other_saves, way, texts):
    response = clash(desk, article, other_saves, {"notes-0-text": "My long work."}, {"notes": []})
    assert [shown.clash.mine.splitlines()[-1] for shown in response.context["clashes"]] == ["Text: My long work."]
    assert "They deleted it." in response.content.decode()
    settle(desk, response, way)
    assert [note.text for note in newest_content(article).notes] == texts


def test_a_place_without_a_choice_keeps_the_page_and_the_choices(desk, article, other_saves):
    response = clash(
        desk, article, other_saves, {"title": "Mine", "slug": "mine"}, {"title": "Theirs", "slug": "other"}
    )
    fields = form_fields(response, "settle_form")
    first, second = (shown.clash.key for shown in response.context["clashes"])
    answer = desk.post(response.request["PATH_INFO"], fields | {f"way-{first}": "mine", f"text-{second}": "halfway"})
    assert Revision.objects.count() == 2
    again = form_fields(answer, "settle_form")
    assert (again[f"way-{first}"], again[f"text-{second}"]) == ("mine", "halfway")
    assert f"way-{second}" not in again
    assert "one place still waits for your choice" in answer.content.decode()
    assert f'<a href="#clash-{second}">Go to the first</a>' in answer.content.decode()


def test_what_is_written_anew_and_not_chosen_yet_is_kept_word_by_word(desk, article, other_saves):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    address, fields = response.request["PATH_INFO"], form_fields(response, "settle_form")
    (shown,) = response.context["clashes"]
    for text in ("My", "My own", "My own title"):
        assert desk.post(address, fields | {f"text-{shown.clash.key}": text, "_quietly": "1"}).status_code == 204
    assert form_fields(desk.get(address), "settle_form")[f"text-{shown.clash.key}"] == "My own title"


@pytest.mark.parametrize("fields", [
    {"way-{key}": "edit", "text-{key}": "a\0b"}, {"way-zz": "\0"}, {"way-\0": "x"}, {"way-{key}": "sideways"},
    {f"way-{number:012x}": "mine" for number in range(6_000)},
])  # fmt: skip
def test_no_choice_is_kept_that_the_page_does_not_offer(desk, article, other_saves, fields):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    (shown,) = response.context["clashes"]
    key = shown.clash.key
    fields = {name.format(key=key): text for name, text in fields.items()} | {"_quietly": "1"}
    assert desk.post(response.request["PATH_INFO"], fields).status_code == 204
    choices = Stash.objects.get().choices
    assert len(choices) <= 5_000
    assert choices.get(key) in (None, ["edit", "ab"])
    assert not any("\0" in repr(one) for one in choices.items())


@pytest.mark.parametrize(
    "limits", [{"_MOST_CHOSEN": 1_000}, {"_MOST_IN_ALL": 1_000, "_STEP": 500}], ids=["one conflict", "all"]
)
def test_more_than_is_kept_is_refused_and_given_back(desk, article, other_saves, monkeypatch, limits):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    address, fields = response.request["PATH_INFO"], form_fields(response, "settle_form")
    for name, limit in limits.items():
        monkeypatch.setattr(f"articles.stashes.{name}", limit)
    (shown,) = response.context["clashes"]
    long = fields | {f"way-{shown.clash.key}": "edit", f"text-{shown.clash.key}": "my word " * 200}
    assert desk.post(address, long | {"_quietly": "1"}).status_code == 413
    for button in ("_keep", "_continue"):
        answer = desk.post(address, long | {button: "Save"})
        assert answer.status_code == 413
        assert "more than the site keeps" in answer.content.decode()
        assert form_fields(answer, "settle_form")[f"text-{shown.clash.key}"] == "my word " * 200
    assert (Stash.objects.get().choices, Revision.objects.count()) == ({}, 2)


def test_choices_are_counted_when_they_grow_by_a_step_and_take_the_place_of_the_former(
    desk, article, other_saves, monkeypatch
):
    monkeypatch.setattr("articles.stashes._STEP", 500)
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    address, fields = response.request["PATH_INFO"], form_fields(response, "settle_form")
    (shown,) = response.context["clashes"]

    def keep(length):
        words = {f"way-{shown.clash.key}": "edit", f"text-{shown.clash.key}": "a" * length}
        with CaptureQueriesContext(connection) as asked:
            status = desk.post(address, fields | words | {"_quietly": "1"}).status_code
        return status, sum("SUM(" in one["sql"] for one in asked)

    stored = len(Stash.objects.get().fields)
    assert keep(600) == (204, 1)
    assert keep(700) == (204, 0), "no further step"
    monkeypatch.setattr("articles.stashes._MOST_IN_ALL", stored + 1_200)
    assert keep(1_100) == (204, 1), "without what it takes the place of"
    assert keep(1_600) == (413, 1)


def test_what_is_not_asked_any_more_gives_way_to_what_is(desk, article, other_saves, monkeypatch):
    monkeypatch.setattr("articles.stashes._MOST_CHOSEN", 1_000)
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    address = response.request["PATH_INFO"]
    for number in range(10):
        fields = {f"way-{number:012x}": "edit", f"text-{number:012x}": "a" * 400, "_quietly": "1"}
        assert desk.post(address, fields).status_code == 204
        assert f"{number:012x}" in Stash.objects.get().choices
    assert len(Stash.objects.get().choices) < 3
    settle(desk, desk.get(address), "edit", text="b" * 150)
    assert newest_content(article).title == "b" * 150


def test_a_conflict_is_left_and_come_back_to(desk, article, other_saves):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    address = response.request["PATH_INFO"]
    settle(desk, response, "edit", button="_keep", text="Something else")
    assert Revision.objects.count() == 2
    assert address in desk.get(change_address(article)).content.decode()
    response = settle(desk, desk.get(address), "edit")
    assert newest_content(article).title == "Something else"


def test_choices_hold_when_somebody_saves_again(desk, article, other_saves):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    other_saves(title="Theirs", short_description="Later")
    response = settle(desk, response, "mine")
    assert "Revision 4 saved." in words_of(response)
    newest = newest_content(article)
    assert (newest.title, newest.short_description) == ("Mine", "Later")


def test_a_new_clash_asks_again(desk, article, other_saves):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    other_saves(title="Theirs again")
    response = settle(desk, response, "mine")
    assert Revision.objects.count() == 3
    assert [shown.clash.theirs for shown in response.context["clashes"]] == ["Theirs again"]
    settle(desk, response, "mine")
    assert newest_content(article).title == "Mine"


def test_a_choice_that_breaks_a_rule_is_told(desk, article, other_saves):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    answer = settle(desk, response, "edit", text="x" * 201)
    assert Revision.objects.count() == 2
    assert "Nothing was saved yet" in answer.content.decode()
    settle(desk, answer, "edit", text="Short")
    assert newest_content(article).title == "Short"


def test_two_references_of_one_key_stay_under_two(desk, article, other_saves):
    fields = add_row(open_form(desk, article), "references", key="new", text="My source.")
    other_saves(references=[*content().to_json()["references"], {"key": "new", "text": "Their source."}],
                body=BODY.replace("loud.", "loud.[@new]"))  # fmt: skip
    response = send(desk, article, fields, body=BODY.replace("quiet.", "quiet.[@new]"))
    settle(desk, response, "both")
    newest = newest_content(article)
    texts = {row.key: row.text for row in newest.references}
    assert (texts["new"], texts["new-2"]) == ("My source.", "Their source.")
    assert newest.body == BODY.replace("quiet.", "quiet.[@new]").replace("loud.", "loud.[@new-2]")


def test_what_is_settled_is_published_by_nobody_else(client_of, desk, reviewer, article, other_saves):
    response = clash(desk, article, other_saves, {"title": "Mine"}, {"title": "Theirs"})
    address = response.request["PATH_INFO"]
    stranger = client_of(reviewer)
    assert stranger.get(address).status_code == 404
    assert stranger.post(address, {"_continue": "Save"}).status_code == 404


def test_script_in_a_clash_is_text(desk, article, other_saves):
    evil = "<script>alert(1)</script>"
    response = clash(desk, article, other_saves, {"title": f"{evil} mine"}, {"title": f"{evil} theirs"})
    assert evil not in response.content.decode()


# --- Forms that lost their base ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("base", ["", "0", "99", "x", "-1"])
def test_a_form_that_lost_its_base_writes_nothing(desk, article, base):
    response = send(desk, article, open_form(desk, article) | {"base_revision": base}, body="Mine.")
    assert "Your text is safe." in response.content.decode()
    assert form_fields(response)["body"] == "Mine."
    assert Revision.objects.count() == 1
    send(desk, article, form_fields(response) | {"looked_at": "1"})
    assert newest_content(article).body == "Mine."


def test_pictures_that_clash_are_shown(desk, anna):
    images = {letter: picture(letter) for letter in "abc"}
    article = record(None, written(figures=[figure("a")])).article
    fields = open_form(desk, article)
    theirs = newest_content(article).to_json()
    theirs["figures"][0]["image"] = figure("b")["image"]
    record(article, ArticleContent.from_json(theirs), author=anna)
    response = send(desk, article, fields | {"figures-0-image": str(images["c"].pk)})
    page = response.content.decode()
    told = page[page.index('<fieldset class="clash') : page.index("</fieldset>")]
    seen = re.findall(r'<img class="clash-picture" src="/media/[^"]*?(.)\.png" width="640" height="480" alt="">', told)
    assert seen == ["a", "c", "b"]
    assert "sha256" not in told
