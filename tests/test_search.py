"""Search: what is found by which words, in which order, and what is never found."""

import re

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings, strategies as st

from articles.folding import folded_words, sounds
from articles.models import PublishedFact, SearchEntry
from articles.publishing import reinstate, withdraw
from articles.search import Excerpts, Query, find, suggestions

from .articles_for_tests import edit, load_demo, make_article

pytestmark = pytest.mark.django_db
BOX = {
    "kind": "military-conflict",
    "rows": [
        {"field": "combatant", "side": 1, "value": "[[Armenia]] (until April)"},
        {"field": "combatant", "side": 2, "value": "Azerbaijan"},
        {"field": "commander", "side": 1, "value": "Monte Melkonian[@w]"},
    ],
}


def found(text, **wanted):
    """Return the titles of what is found."""
    from articles.models import RenderedPage

    pages = RenderedPage.objects.in_bulk(find(Query.of(text), wanted))
    return [pages[key].title for key in find(Query.of(text), wanted)]


@pytest.fixture
def kalbajar():
    return make_article(
        body="The **siege** of the town.\n\n## Aftermath\n\nPeople crossed the Omar Pass.[^n]",
        infobox=BOX, event_date="1993-03-27/1993-04-03", part_of="karabakh-war",
        categories=["Battles of 1993"],
        notes=[{"key": "n", "text": "Snow lay deep."}],
        references=[{"key": "w", "source": {"type": "book", "title": "Black Garden",
                                            "author": [{"family": "de Waal"}]}}],
        names=[{"name": "Քարվաճառի ճակատամարտ", "language": "hy"}],
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["siege", "SIEGE town", "omar pass", "Ömar", "snow", "black garden", "de Waal", "melkonian", "battles 1993",
     "Qarvachar", "Karvachar", "Քարվաճառ", "Kelbecer", "Кельбаджар", "Kəlbəcər siege", "“the siege of”", "sie"],
)  # fmt: skip
def test_words_of_every_part_are_found_in_any_spelling(kalbajar, text):
    assert found(text) == ["Battle of Kalbajar"]


@pytest.mark.parametrize("text", ["zeppelin", "“town the siege”", "siege zeppelin", "", "  ", "\x00", "***", '"', "“”"])
def test_what_is_not_there_is_not_found(kalbajar, text):
    assert found(text) == []


def test_names_come_before_facts_and_facts_before_text():
    make_article("a", "Zeta", body="Once Kalbajar is named.")
    make_article("b", "Battle of Kalbajar")
    make_article("c", "Kalbajar")
    make_article("d", "Beta", infobox={"kind": "military-conflict", "rows": [{"field": "place", "value": "Kalbajar"}]})
    assert found("kalbajar") == ["Kalbajar", "Battle of Kalbajar", "Beta", "Zeta"]


def test_the_index_follows_publication_and_nothing_else(kalbajar, superuser):
    edit(kalbajar, body="A zeppelin.")
    assert found("zeppelin") == []
    edit(kalbajar, body="A balloon.", published=True)
    assert (found("balloon"), found("siege"), found("zeppelin")) == (["Battle of Kalbajar"], [], [])
    withdraw(kalbajar, user=superuser, comment="Doubts.")
    assert found("balloon") == []
    reinstate(kalbajar, user=superuser)
    assert found("balloon") == ["Battle of Kalbajar"]


def test_results_are_narrowed_by_war_side_commander_and_year(kalbajar):
    make_article("other", "Other siege", body="A siege.", event_date="1992")
    assert len(found("siege")) == 2
    for wanted in ({"war": "karabakh-war"}, {"side": "armenia"}, {"commander": "monte-melkonian"}, {"year": "1993"}):
        assert found("siege", **wanted) == found("", **wanted) == ["Battle of Kalbajar"], wanted
    assert found("siege", year="1992") == ["Other siege"]
    assert found("siege", year="1993", side="nobody") == []


def test_the_page_offers_what_narrows_and_takes_it_back(client, kalbajar):
    make_article("other", "Other siege", body="A siege.", event_date="1992")
    html = client.get("/search/", {"q": "siege"}).content.decode()
    assert 'href="?q=siege&amp;year=1992"' in html
    html = client.get("/search/", {"q": "siege", "year": "1992"}).content.decode()
    assert "Other siege" in html
    assert "Battle of Kalbajar" not in html
    assert 'href="?q=siege" aria-current="true"' in html


def test_an_excerpt_shows_the_words_where_they_stand_closest(client, kalbajar):
    load_demo("monte-melkonian")
    html = client.get("/search/", {"q": "melkonian looting"}).content.decode()
    marked = re.findall("<mark>(.*?)</mark>", html)
    assert "looting" in marked
    plain = "Nothing here. " * 50 + "The road to Kelbajar, by Omar Pass, was open. " + "Nothing here. " * 50
    pieces = Excerpts(Query.of("Kelbecer omar")).of(plain)
    assert [text for text, hit in pieces if hit] == ["Kelbajar", "Omar"]
    assert pieces[0] == ("… ", False)


def test_an_excerpt_shows_a_phrase_where_its_words_stand_together(client):
    body = "A strip of land now joined them. " + "Nothing here. " * 60 + "It was the only land link between them."
    make_article(body=f"{body}\n\nA land-link, one said; the link and the land.")
    html = client.get("/search/", {"q": '"land link"'}).content.decode()
    assert re.findall("<mark>(.*?)</mark>", html) == ["land", "link", "land-link"]
    assert "the only <mark>land</mark> <mark>link</mark> between them" in html


@pytest.mark.parametrize(
    ("typed", "heading"),
    [('"land link"', "“land link”"), ("«land link»", "“land link”"), ("land", "“land”"),
     ('"land link" a', "“&quot;land link&quot; a”"), ("“”", "Nothing found for ““””")],
)  # fmt: skip
def test_a_phrase_stands_between_one_pair_of_quotation_marks(client, typed, heading):
    make_article(body="A land link.")
    html = client.get("/search/", {"q": typed}).content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert html.count(heading) >= 2 or "Nothing" in heading


def test_an_excerpt_escapes_what_was_written(client):
    make_article(body="A &lt;script&gt;alert(1)&lt;/script&gt; siege of `<b>` things.")
    html = client.get("/search/", {"q": "siege alert"}).content.decode()
    assert "<script>" not in html
    assert "<mark>alert</mark>" in html


def test_a_long_list_of_results_comes_in_pages_that_keep_the_query(client):
    for number in range(23):
        make_article(f"battle-{number}", f"Battle {number}", event_date="1993")
    html = client.get("/search/", {"q": "battle", "year": "1993"}).content.decode()
    assert "23 articles found" in html
    assert 'href="?q=battle&amp;year=1993&amp;page=2"' in html
    assert client.get("/search/?q=battle&year=1993&page=2").content.decode().count('class="entry"') == 3


def test_a_query_costs_the_same_number_of_questions_however_much_is_found(client, django_assert_max_num_queries):
    for number in range(12):
        make_article(f"battle-{number}", f"Battle {number}", event_date="1993")
    with django_assert_max_num_queries(7):
        client.get("/search/", {"q": "battle"})
    with django_assert_max_num_queries(2):
        client.get("/search/suggest/", {"q": "batt"})


def test_suggestions_come_from_names_while_the_last_word_is_not_yet_whole(kalbajar):
    make_article("other", "Siege of Shusha", body="Kalbajar is named.")
    for typed in ("kalb", "Kelbec", "battle of kel", "Кельба", "kal"):
        assert [page.title for page in suggestions(Query.of(typed))] == ["Battle of Kalbajar"], typed


def similar_names(html):
    return re.findall(r'<a class="title"[^>]*>(.*?)</a>', html.partition("Similar names")[2])


def test_what_nobody_could_say_is_found_by_no_sound(client):
    make_article(names=[{"name": "Բաղմաճակ", "language": "hy"}, {"name": "Jakat", "language": "hy"}])
    for typed in ("zzq", "zzqq", "melkonian zzqq"):
        assert client.get("/search/suggest/", {"q": typed}).json() == {"suggestions": []}, typed
        assert similar_names(client.get("/search/", {"q": typed}).content.decode()) == [], typed
    # Arabic and Persian leave the vowels out; a name just begun has two consonants.
    for typed in ("کلبجر", "kel", "jak"):
        assert [page.title for page in suggestions(Query.of(typed))] == ["Battle of Kalbajar"], typed


def test_one_common_word_makes_no_name_similar(client):
    for number in range(7):
        make_article(f"battle-{number}", f"Battle of Hill {number}")
    make_article("siege-of-shusha", "Siege of Shusha")
    make_article("battle-of-shusha", "Battle of Shusha")

    def offered(name):
        page = client.get(f"/articles/{name}/")
        assert page.status_code == 404
        return similar_names(page.content.decode())

    assert offered("withdrawn-battle") == []
    assert offered("shusha-withdrawn") == ["Siege of Shusha", "Battle of Shusha"]
    assert offered("the-battle-of-shusha") == ["Battle of Shusha", "Siege of Shusha"]
    assert len(offered("battle")) == 5
    assert len(offered("battle-of-hill")) == 5


def test_on_a_small_site_too_a_word_of_many_names_is_common(client):
    for number in range(3):
        make_article(f"battle-{number}", f"Battle of Hill {number}")
    for number in range(5):
        make_article(f"pass-{number}", f"Omar Pass {number}")
    make_article("lachin", "Capture of Lachin")
    assert similar_names(client.get("/articles/withdrawn-battle/").content.decode()) == []
    assert similar_names(client.get("/articles/lachin-battle/").content.decode()) == ["Capture of Lachin"]


def test_lost_entries_are_made_anew(kalbajar, capsys):
    facts = set(PublishedFact.objects.values_list("kind", "key"))
    SearchEntry.objects.all().delete()
    PublishedFact.objects.all().delete()
    assert found("siege") == []
    call_command("makepages", "--missing")
    assert capsys.readouterr().out == "1 pages made.\n"
    assert found("siege") == ["Battle of Kalbajar"]
    assert set(PublishedFact.objects.values_list("kind", "key")) == facts


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.text(st.sampled_from("\"'“”*:(){}-&|!<>ab \\^~0"), max_size=60))
def test_any_query_is_answered(client, text):
    assert client.get("/search/", {"q": text}).status_code == 200
    assert client.get("/search/suggest/", {"q": text}).status_code == 200


def test_words_of_any_script_are_folded_for_the_index():
    assert folded_words("Бой за Кельбаджар’s 1993") == ["boy", "za", "kelbadzhars", "1993"]
    assert sounds("the Kəlbəcər road to Baku") == ["0klbjr"]
    assert sounds("Baku", least=1) == ["0bk"]


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        (" ".join(["kalbajar"] * 10), False),
        (" ".join(["kalbajar"] * 10) + " zzzz", True),
        ("zzzz " + "x " * 12, True),
        (f"“{'a ' * 11}”", True),
        ("x" * 200, False),
        ("x" * 201, True),
    ],
)
def test_who_asks_for_more_than_counts_is_told(client, text, is_told):
    page = client.get("/search/", {"q": text}).content.decode()
    assert ("Only the first 10 words count, and the first 200 characters." in page) == is_told
