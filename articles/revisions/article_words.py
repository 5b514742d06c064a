"""Keeping the words by which editors find articles; called wherever an article's names were stored."""

from ..folding import skeleton
from ..models import ArticleWord

_WORD_MAX = 60


def name_words(name):
    """Return the words of a title or name as search knows them, in UTF-8: one for all spellings of a sound."""
    return [word[:_WORD_MAX].encode() for word in skeleton(name).split()]


def keep_words(article, names):
    """Let exactly the words of the article's title and its other ``names`` lead to it."""
    wanted = {word for name in (article.title, *names) for word in name_words(name)}
    stored = {bytes(word): pk for pk, word in ArticleWord.objects.filter(article=article).values_list("pk", "word")}
    gone = [pk for word, pk in stored.items() if word not in wanted]
    if gone:
        ArticleWord.objects.filter(pk__in=gone).delete()
    ArticleWord.objects.bulk_create(ArticleWord(article=article, word=word) for word in sorted(wanted - stored.keys()))
