"""Names and texts at the limits of what may be written, in the longest and least compressible letters that there are.

PostgreSQL holds so many characters in a column and 2,704 bytes, after compression, in one entry of an index. Whatever
can be saved can be published and is found, on every database.
"""

import random

import pytest
from anyascii import anyascii

from articles.content import LIMITS
from articles.models import RenderedPage, Source
from articles.revisions import record_revision

from .articles_for_tests import content, edit, make_article
from .source_desk import ADD, as_browser, errors, make_source, posted

pytestmark = pytest.mark.django_db

MUTE = [letter for letter in map(chr, range(0x20000, 0x2A000)) if not anyascii(letter)]
"""Letters that transliterate into nothing, of four bytes each."""
EMOJI = sorted(map(chr, range(0x1F300, 0x1FB00)), key=lambda sign: len(anyascii(sign)))[-100:]
"""The signs with the longest names, such as: hand with index finger and thumb crossed."""


def mute(count, seed=1):
    """Return so many mute letters, the same for one seed, in which there is nothing to compress."""
    return "".join(random.Random(seed).choices(MUTE, k=count))


def emoji(count, seed=1):
    """Return so many signs of long names, the same for one seed."""
    return "".join(random.Random(seed).choices(EMOJI, k=count))


@pytest.fixture
def approved(client_of, make_user):
    """Return a function that saves an article and has it submitted and approved by people; it gives the answers."""
    editor, reviewer = client_of(make_user("ada", "Editors")), client_of(make_user("grace", "Reviewers"))

    def approved(**members):
        record_revision(None, content(**members), base=0, author=None, summary="")
        address = f"/articles/{members['slug']}/"
        submitted = editor.post(f"{address}revisions/1/submit/")
        answer = reviewer.post(f"{address}revisions/1/approve/")
        return submitted.status_code, answer.status_code, reviewer.get(address).status_code

    return approved


@pytest.mark.parametrize("target", ["a" * 1001, "a" * 5000, "ab-" * 400, mute(990), emoji(24), emoji(600)])
def test_a_link_of_any_length_is_published(approved, target):
    body = f"See [[{target}]], [[{target}|this]]."
    assert approved(slug="long-link", body=body) == (302, 302, 200)


@pytest.mark.parametrize("letters", [mute, emoji])
def test_an_article_is_found_by_names_of_any_letters(approved, client, letters):
    longest = letters(LIMITS["title"])
    others = [{"name": letters(LIMITS["name"], seed), "language": "en"} for seed in range(2, 2 + LIMITS["names"])]
    assert approved(slug="long-name", title=longest, names=others) == (302, 302, 200)
    make_article(slug="another", title="Another", body=f"See [[{longest}]] and [[{others[-1]['name']}]].")
    page = client.get("/articles/another/").content.decode()
    assert page.count('href="/articles/long-name/"') == 2
    for name in (longest, others[-1]["name"]):
        assert client.get(f"/articles/{name}/").headers["Location"].startswith("/articles/long-name/")
        found = client.get("/search/", {"q": name})
        # What transliterates into nothing is no word of the search.
        assert (found.status_code, b"/articles/long-name/" in found.content) == (200, letters is emoji)


@pytest.mark.parametrize("letters", [mute, emoji])
def test_a_name_shared_by_two_articles_gives_their_list_however_long_it_is(client, letters):
    name = letters(LIMITS["title"])
    for slug in ("one", "other"):
        make_article(slug=slug, title=name)
    make_article(slug="third", title="Third", body=f"See [[{name}]].")
    address = client.get("/articles/third/").content.decode().partition("See <a")[2].split('"')[1]
    page = client.get(address, follow=True).content.decode()
    assert ("/articles/one/" in page, "/articles/other/" in page) == (True, True)


@pytest.mark.parametrize("letters", [mute, emoji])
def test_a_link_leads_on_when_its_long_target_is_renamed(client, letters):
    name = letters(LIMITS["title"])
    target = make_article(slug="target", title="Short")
    make_article(slug="another", title="Another", body=f"See [[{name}]].")
    edit(target, title=name, published=True)
    assert RenderedPage.objects.get(slug="another").outdated
    assert 'href="/articles/target/"' in client.get("/articles/another/").content.decode()


@pytest.mark.parametrize("letters", [mute, emoji])
def test_lists_and_infobox_take_all_letters(approved, letters):
    rows = [{"field": field, "side": side, "value": letters(LIMITS["value"])}
            for field in ("combatant", "commander", "casualties") for side in (1, 2)]  # fmt: skip
    rows += [{"field": field, "value": letters(LIMITS["value"])} for field in ("place", "result", "status")]
    # A category holds a letter or a figure, and differs from others by those.
    categories = [f"{seed:03}{letters(LIMITS['category'] - 3, seed)}" for seed in range(LIMITS["categories"])]
    assert approved(
        slug="long-lists", short_description=letters(LIMITS["short_description"]), categories=categories,
        infobox={"kind": "military-conflict", "rows": rows},
    ) == (302, 302, 200)  # fmt: skip


@pytest.mark.parametrize("letters", [mute, emoji])
def test_a_source_takes_all_letters(client, superuser, letters):
    client.force_login(superuser, "django.contrib.auth.backends.ModelBackend")
    page = client.get(ADD)
    title = letters(3_000)
    answer = client.post(ADD, as_browser(page, _save="1", type="book", title=title, publisher=letters(3_000)))
    assert answer.status_code == 302, errors(answer)
    assert Source.objects.get().content.csl["title"] == title
    whole = {"type": "book", "title": title, "author": [{"literal": letters(3_000)}], "DOI": f"10.1/{letters(600)}",
             "issued": {"literal": letters(500)}, "container-title": letters(3_000)}  # fmt: skip
    source = make_source(whole)
    assert posted(client, source, title=f"{title}!").status_code == 302
    assert Source.objects.get(pk=source.pk).content.csl["title"] == f"{title}!"
    for asked in (title[:200], letters(200)):
        assert client.get("/admin/articles/source/", {"q": asked}).status_code == 200


@pytest.mark.parametrize("letters", [mute, emoji])
def test_an_article_with_a_long_source_is_published(approved, letters):
    work = {"type": "book", "title": letters(3_000), "author": [{"literal": letters(3_000)}]}
    references = [{"key": "work", "source": work}]
    assert approved(slug="long-source", body="Said.[@work]", references=references) == (302, 302, 200)
