"""Words of a refused decision: kept in the session, for the field in which they were typed, until they are sent.

So a reviewer who is told that a newer revision came finds them again where that one is decided.
"""

_UNSENT = "unsent_words"
_MOST = 20_000


def keep_unsent(request, article, act, words):
    """Keep what was typed for ``act`` (the name of its address); only the last is kept."""
    if words.strip():
        request.session[_UNSENT] = {"article": article.pk, "act": act, "words": words[:_MOST]}


def forget_unsent(request, article):
    """Let go of what was kept for the article: something was sent after all."""
    if unsent_words(request, article):
        del request.session[_UNSENT]


def unsent_words(request, article):
    """Return {"act", "words"} of what was refused of the article, or None."""
    kept = request.session.get(_UNSENT)
    return kept if kept and kept["article"] == article.pk else None
