"""The words by which editors find an article, published or not."""

from django.db import models

from .article import Article


class ArticleWord(models.Model):
    """A skeleton of a word of the article's title or of another name; kept by ``revisions.article_words``.

    Bytes, since only these stand in one order in every database, so that a beginning of a word is a range of the index.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="words", db_index=False)
    word = models.BinaryField(max_length=400)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "word"], name="article_word_once")]
        indexes = [models.Index(fields=["word", "article"], name="article_word_found")]

    def __str__(self):
        return bytes(self.word).decode()
