"""What the tests of stashes share: a form that keeps itself as its script would, and the one stash there is."""

from urllib.parse import urlencode

from articles.models import Stash

AUTOSAVE = "/admin/articles/article/stash/"


def encoded(fields):
    return {"data": urlencode(fields), "content_type": "application/x-www-form-urlencoded"}


def autosave(client, article, fields, **changes):
    address = f"{AUTOSAVE}?article={article.pk}" if article else AUTOSAVE
    return client.post(address, **encoded(fields | changes))


def own_stash():
    (stash,) = Stash.objects.all()
    return stash
