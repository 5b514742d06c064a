"""Keeping the words by which sources are found; called wherever a source is stored."""

from ..content import search_words
from ..models import SourceWord


def store_words(source):
    """Let exactly the words of ``source`` lead to it; a copy that was merged into another is found by none."""
    wanted = set() if source.merged_into_id else search_words(source.content)
    stored = {bytes(word): pk for pk, word in SourceWord.objects.filter(source=source).values_list("pk", "word")}
    gone = [pk for word, pk in stored.items() if word not in wanted]
    if gone:
        SourceWord.objects.filter(pk__in=gone).delete()
    SourceWord.objects.bulk_create(SourceWord(source=source, word=word) for word in sorted(wanted - stored.keys()))
