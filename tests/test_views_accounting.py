"""Comparisons of a real article edited at random: every word accounted for, on the page and not only in the data."""

from collections import Counter
from random import Random

import pytest
from django.urls import reverse

from articles.content import ArticleContent
from articles.revisions import content_at, newest_content, record_revision

from .article_edits import edit_at_random, paragraphs
from .articles_for_tests import load_demo
from .page_tree import Element, read_page

pytestmark = pytest.mark.django_db
SEEDS = range(3)
_AREAS = ("lead-opening", "lead-rest", "sections", "notes", "references")
_INLINE = {"a", "em", "strong", "span", "cite", "q", "code", "ins", "del", "sup", "time"}


def edited(seed, times=12):
    """Return the old and the new revision of the demo article, edited at random."""
    random, article = Random(seed), load_demo()
    old = article.revisions.newest()
    data = newest_content(article).to_json()
    edit_at_random(random, data, times)
    new = record_revision(article, ArticleContent.from_json(data), base=old.number, author=None, summary="")
    return old, new


def compare_page(client, old, new, view):
    answer = client.get(reverse("compare", args=["battle-of-kalbajar", old.number, new.number]), {"view": view})
    assert answer.status_code == 200
    return read_page(answer.content.decode())


def revision_page(client, revision):
    answer = client.get(reverse("revision", args=["battle-of-kalbajar", revision.number]))
    return read_page(answer.content.decode())


def text_without(element, *left_out):
    """Return the words of an element without those in elements for which one of ``left_out`` holds; blocks apart."""

    def texts(one):
        for child in one.children:
            if not isinstance(child, Element):
                yield child
            elif not any(is_left_out(child) for is_left_out in left_out):
                edge = "" if child.tag in _INLINE else " "
                yield edge
                yield from texts(child)
                yield edge

    return "".join(texts(element))


def is_addition(element):
    return element.tag == "ins"


def is_deletion(element):
    return element.tag == "del"


def is_mark(element):
    return element.tag == "sup"


def is_marked(element):
    return bool(element.all("ins") or element.all("del"))


@pytest.mark.parametrize("view", ["inline", "columns"])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_word_of_the_text_is_added_deleted_or_as_it_was(client, superuser, seed, view):
    client.force_login(superuser)
    old, new = edited(seed)
    before, after = content_at(old).body, content_at(new).body
    found = compare_page(client, old, new, view).all("section", data_part="body")
    if before == after:
        assert not found
        return
    blocks = [one for one in found[0].all(class_="block") if not one.all(class_="block")]
    if view == "columns":
        sides = ([pair.elements[side] for pair in found[0].all(class_="pair")] for side in (0, 1))
        was, now = ("".join(text_without(block) + "\n" for block in side) for side in sides)
    else:
        now, was = (
            "".join(text_without(block, hidden) + "\n" for block in blocks) for hidden in (is_deletion, is_addition)
        )
    assert now.split() == after.split()
    assert Counter(was.split()) == Counter(before.split())


@pytest.mark.parametrize("seed", SEEDS)
def test_what_stayed_is_unmarked_and_what_moved_stands_once(client, superuser, seed):
    client.force_login(superuser)
    old, new = edited(seed)
    kept = Counter(content_at(old).body.split("\n\n")) & Counter(content_at(new).body.split("\n\n"))
    body = compare_page(client, old, new, "inline").all("section", data_part="body")
    blocks = [block for part in body for block in part.all(class_="block")]
    shown = Counter(text_without(block).strip() for block in blocks if not is_marked(block))
    plain, places = paragraphs({"body": "\n\n".join(kept)})
    for place in places if body else ():
        text = plain[place]
        assert shown[text.strip()] == kept[text], text


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rendered_page_accounts_for_every_word_too(client, superuser, seed):
    client.force_login(superuser)
    old, new = edited(seed)
    marked = compare_page(client, old, new, "rendered").one("article")
    before, after = (revision_page(client, one).one("article") for one in (old, new))
    for area in ({"data_field": True}, *({"class_": name} for name in _AREAS)):
        shown, now = (" ".join(text_without(one, *hidden) for one in page.all(**area)).split()
                      for page, hidden in ((marked, (is_mark, is_deletion)), (after, (is_mark,))))  # fmt: skip
        assert shown == now, area
    shown, was = (Counter(_words_of_text(page, is_mark, is_addition)) for page in (marked, before))
    assert shown == was
    assert not any(sup.all("ins") or sup.all("del") for sup in marked.all("sup"))
    assert not any(mark.all("sup") for mark in (*marked.all("ins"), *marked.all("del")))


def _words_of_text(page, *left_out):
    pieces = [one for name in _AREAS[:3] for one in page.all(class_=name)]
    return " ".join(text_without(one, *left_out) for one in pieces).split()


@pytest.mark.parametrize("seed", SEEDS)
def test_any_revision_is_restored_as_it_was_saved(client, superuser, seed):
    client.force_login(superuser)
    random, article = Random(seed), load_demo()
    saved = {1: newest_content(article)}
    for _ in range(6):
        data = newest_content(article).to_json()
        edit_at_random(random, data, 5)
        base = article.revisions.newest().number
        made = record_revision(article, ArticleContent.from_json(data), base=base, author=None, summary="")
        if made:
            saved[made.number] = newest_content(article)
    for number in random.sample(sorted(saved), 3):
        client.post(reverse("restore", args=["battle-of-kalbajar", number]))
        assert newest_content(article).to_json() == saved[number].to_json(), number
        shown = client.get(reverse("revision", args=["battle-of-kalbajar", number]), {"format": "json"}).json()
        assert shown == saved[number].to_json()
