"""Who may see and do what: every address of the site, public and admin, by every role, on articles in every state."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from django.utils import timezone

from articles.models import Publication, Source, Stash
from articles.publishing import withdraw
from articles.reviewing import submit

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db
SECRET = "Zeppelin"
BOOK = {"type": "book", "title": "Black Garden"}
COMPLETION = "?term=zep&app_label=articles&model_name=reference&field_name=source"
QUERIES = ("", "?format=json", "?q=zep", COMPLETION)

EVERYBODY = {"front", "search", "suggest", "changes_feed", "category_feed", "sitemap", "sitemap_part", "robots",
             "health", "category", "source", "article", "article_json", "article_markdown", "article_sources",
             "article_text", "claims", "cite", "campaign", "map", "report", "media",
             "admin_short_cut"}  # fmt: skip
SEEN = {"history", "revision", "choose", "compare"}
"""For all where something was published, else for staff who may view."""
STAFF = {"review_queue", "notices", "reports"}
EDITORS = {"submit", "restore", "undo", "comment", "resolve", "report_settle"}
REVIEWERS = {"approve", "return", "take_up", "withdraw", "reinstate", "approve_together"}
ADMINISTRATORS = {"protect"}
VIEWERS = {"watch", "notices_seen"}
VERBS = EDITORS | REVIEWERS | ADMINISTRATORS | VIEWERS

ROLES = ["stranger", "no_rights", "view_only", "editor", "reviewer", "administrator"]
MAY = {
    "stranger": set(), "no_rights": set(), "view_only": VIEWERS, "editor": VIEWERS | EDITORS,
    "reviewer": VIEWERS | EDITORS | REVIEWERS, "administrator": VERBS,
}  # fmt: skip


def walk(resolver, namespace=""):
    """Yield (name, converters) for every address."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", list(pattern.pattern.converters)
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from walk(pattern, inner)


PUBLIC = {name: arguments for name, arguments in walk(get_resolver()) if not name.startswith("admin:")}
DESK = {name: arguments for name, arguments in walk(get_resolver()) if name.startswith("admin:")}


@pytest.fixture
def world(make_user, editor, superuser):
    """Return articles of every state by slug: published with a secret draft, never published, and withdrawn."""
    published = make_article("open", "Open", body="Public.[@w]", categories=["Open things"],
                             references=[{"key": "w", "source": BOOK}])  # fmt: skip
    draft = edit(published, author=editor, title=f"{SECRET} title", slug="zeppelin-open", body=f"{SECRET} text.",
                 summary=f"{SECRET} summary", names=[{"name": f"{SECRET} name"}])  # fmt: skip
    submit(draft, user=editor)
    hidden = make_article("zeppelin-hidden", f"{SECRET} hidden", body=SECRET, published=False)
    gone = make_article("gone", f"{SECRET} gone", body=SECRET, categories=[f"{SECRET} things"])
    withdraw(gone, user=superuser, comment="Doubts.")
    return {"open": published, "zeppelin-hidden": hidden, "gone": gone}


@pytest.fixture
def enter(client, make_user, request):
    """Return a function that logs a role in."""

    def log_in(role):
        if role == "no_rights":
            client.force_login(make_user("no_rights"))
        elif role != "stranger":
            client.force_login(request.getfixturevalue(role))
        return client

    return log_in


def addresses(arguments, article, number):
    """Return what fills the arguments of an address for an article and one of its revisions."""
    kind = ContentType.objects.get_for_model(article).pk
    fill = {"slug": article.public_slug(), "name": article.public_slug(), "number": number, "old": 1, "new": number,
            "pk": Source.objects.get().pk, "section": "articles", "object_id": article.pk, "id": article.pk,
            "content_type_id": kind, "rest": f"{kind}/{article.pk}/", "app_label": "articles",
            "url": "nowhere"}  # fmt: skip
    return {argument: fill[argument] for argument in arguments}


def test_every_address_is_in_the_table():
    assert PUBLIC.keys() == EVERYBODY | SEEN | STAFF | VERBS


@pytest.mark.parametrize("role", ROLES)
def test_pages_open_to_those_who_may_see_them(enter, world, role):
    client = enter(role)
    sees_drafts = role not in ("stranger", "no_rights")
    for slug, article in world.items():
        for number in (1, 2):
            for name in SEEN - {"choose"}:
                if number > article.revisions.count():
                    continue
                answer = client.get(reverse(name, kwargs=addresses(PUBLIC[name], article, number)))
                published = slug == "open" and (number == 1 or name == "history")
                assert answer.status_code == (200 if published or sees_drafts else 404), (role, name, slug, number)
    for name in STAFF:
        assert client.get(reverse(name)).status_code == (200 if sees_drafts else 302), (role, name)


@pytest.mark.parametrize("role", ["stranger", "no_rights"])
def test_nobody_without_rights_gets_unpublished_words_from_any_address(enter, world, role):
    client = enter(role)
    for name, arguments in (PUBLIC | DESK).items():
        for article in world.values():
            for number in (1, 2):
                try:
                    address = reverse(name, kwargs=addresses(arguments, article, number))
                except NoReverseMatch:  # the admin has patterns that nothing leads to
                    continue
                for query in QUERIES:
                    for answer in (client.get(address + query), client.post(address + query, {"comment": "x"})):
                        told = (answer.content + str(answer.headers).encode()).replace(address.encode(), b"")
                        assert SECRET.encode() not in told, (role, address, query)
                        if "gone" not in address and "hidden" not in address:
                            assert b"zeppelin-" not in told, (role, address, query)


@pytest.mark.parametrize("role", ROLES)
def test_verbs_answer_posts_of_those_who_may_and_nothing_else(enter, world, role):
    client = enter(role)
    article = world["open"]
    before = article.revisions.count(), Publication.objects.count(), article.review_events.count()
    for name in sorted(VERBS - MAY[role] - {"resolve"}):
        address = reverse(name, kwargs=addresses(PUBLIC[name], article, 2))
        assert client.get(address).status_code == 405, (role, name)
        for fields in ({}, {"comment": "x", "text": "x", "revision": "1", "is_superuser": "1", "user": "1"}):
            assert client.post(address, fields).status_code in (403, 302), (role, name)
    assert (article.revisions.count(), Publication.objects.count(), article.review_events.count()) == before
    for name in ("submit", "approve"):
        hidden = reverse(name, kwargs=addresses(PUBLIC[name], world["zeppelin-hidden"], 1))
        if name not in MAY[role]:
            assert client.post(hidden).status_code == (404 if role in ("stranger", "no_rights") else 403), (role, name)


@pytest.mark.parametrize("role", ROLES)
def test_the_desk_opens_to_those_who_work_there(enter, world, role):
    client = enter(role)
    article = world["zeppelin-hidden"]
    statuses = {
        name: client.get(reverse(f"admin:{name}", args=[article.pk] if name.endswith("change") else [])).status_code
        for name in ("articles_article_changelist", "articles_article_add", "articles_article_change",
                     "articles_article_complete", "articles_source_changelist", "articles_source_add",
                     "articles_image_add", "auth_user_changelist", "auth_user_add", "auth_group_changelist")
    }  # fmt: skip
    views = {
        "articles_article_changelist",
        "articles_article_change",
        "articles_article_complete",
        "articles_source_changelist",
    }
    edits = {"articles_article_add", "articles_source_add", "articles_image_add"}
    accounts = {"auth_user_changelist", "auth_user_add", "auth_group_changelist"}
    opens = {"view_only": views, "editor": views | edits, "reviewer": views | edits,
             "administrator": views | edits | accounts}.get(role, set())  # fmt: skip
    refused = 302 if role == "stranger" else 403
    assert statuses == {name: 200 if name in opens else refused for name in statuses}


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_deleted_and_no_other_history_form_answers(enter, world, role):
    client = enter(role)
    article = world["open"]
    for name in ("articles_article_delete", "articles_article_history"):
        for method in (client.get, client.post):
            status = method(reverse(f"admin:{name}", args=[article.pk]), {"post": "yes"}).status_code
            assert status in ((302,) if role == "stranger" or "history" in name else (403,)) or status in (403, 405)
    assert not [name for name in DESK if "simple_history" in name]
    article.refresh_from_db()


@pytest.mark.parametrize("role", ROLES)
def test_what_is_typed_and_not_saved_is_its_writers_alone(enter, world, role, make_user):
    article = world["open"]
    writer = make_user("writer", "Editors")
    facts = {"article": article, "base": 2, "form_id": "t", "fields": f"title={SECRET}", "updated": timezone.now()}
    stash = Stash.objects.create(user=writer, **facts)
    client = enter(role)
    difference = reverse("admin:articles_article_stash_difference", args=[stash.pk])
    throw_away = reverse("admin:articles_article_stash_throw_away", args=[stash.pk])
    hidden = 302 if role == "stranger" else 404
    assert client.get(difference).status_code == client.post(throw_away).status_code == hidden
    keep = reverse("admin:articles_article_stash")
    assert client.get(keep).status_code == 405
    assert client.post(f"{keep}?article={article.pk}", {"form_id": "t", "body": "x"}).status_code == 403
    assert list(Stash.objects.all()) == [stash]


@pytest.mark.parametrize("role", ["stranger", "editor"])
def test_no_cache_keeps_what_was_refused(enter, world, role):
    client = enter(role)
    for name, arguments in (PUBLIC | DESK).items():
        try:
            address = reverse(name, kwargs=addresses(arguments, world["zeppelin-hidden"], 2))
        except NoReverseMatch:
            continue
        for answer in (client.get(address), client.post(address), client.put(address)):
            if answer.status_code >= 400:
                assert "no-store" in answer.get("Cache-Control", ""), (name, answer.status_code)
