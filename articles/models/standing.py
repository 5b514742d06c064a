"""How each article stands: what lists of articles show and choose by, kept beside the rows that it is made of.

Everything here follows from revisions, review events and publications, is written in their transactions by
``revisions.standing``, and can be made again by ``manage.py remeasure``. Lists read it; no verb decides by it.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..content import LIMITS
from .article import Article
from .review import ReviewEvent
from .revision import Revision


class Standing(models.Model):
    """One row for each article."""

    DRAFT = "draft"

    article = models.OneToOneField(Article, models.PROTECT, primary_key=True, related_name="standing")
    newest = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    changed = models.DateTimeField(db_index=True)
    """When the newest revision was recorded."""
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    """Who wrote last; corrections of shared sources and images do not count. Null: a command without a user."""
    submitter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    """Who submitted what is submitted or returned; null in every other state, and for a command."""
    title = models.CharField(max_length=LIMITS["title"], blank=True)
    """That of the article, once more: beside the state, so that a list by state is read in the order of titles."""
    state = models.CharField(max_length=12)
    """The word of ``reviewing.state``."""
    event = models.ForeignKey(ReviewEvent, models.PROTECT, null=True, related_name="+", db_index=False)
    """What brought the article into its state; null for a draft."""
    correction = models.BooleanField(default=False)
    """Readers see the article, and nothing but corrections of shared sources or images waits."""
    protected = models.BooleanField(default=False)
    published_number = models.PositiveIntegerField(null=True)
    """Number of the revision that readers see; null where they see none."""
    errors = models.PositiveIntegerField(null=True)
    """Errors in the newest revision; null until it is measured."""
    warnings = models.PositiveIntegerField(null=True)
    names = models.TextField(blank=True)
    """To find the article by, between spaces: title, names and slugs in folded words, and skeletons after ``~``."""

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index(fields=["title"], name="standing_title"),
            models.Index(fields=["state", "title"], name="standing_state_title"),
            models.Index(fields=["state", "changed"], name="standing_state"),
            models.Index(fields=["writer", "state", "changed"], name="standing_writer"),
            models.Index(fields=["writer", "changed"], name="standing_author"),
            models.Index(fields=["submitter", "state"], name="standing_submitter"),
            # Of few rows, and of most sites none: found without a walk over all by time.
            models.Index(
                fields=["changed"],
                name="standing_waiting",
                condition=Q(state=ReviewEvent.SUBMITTED) | Q(correction=True),
            ),
            models.Index(fields=["article"], name="standing_correction", condition=Q(correction=True)),
            # In the order in which they are listed; else that order would be walked until some are found.
            models.Index(fields=["title"], name="standing_protected_titles", condition=Q(protected=True)),
            models.Index(fields=["title"], name="standing_unmeasured_titles", condition=Q(errors=None)),
            models.Index(fields=["title"], name="standing_errors", condition=Q(errors__gt=0)),
        ]

    def __str__(self):
        return f"{self.article_id}: {self.state}"


class DraftProblem(models.Model):
    """How often one kind of problem stands in the newest revision of an article."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="draft_problems", db_index=False)
    kind = models.CharField(max_length=40)
    level = models.CharField(max_length=10)
    count = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["article", "kind", "level"], name="draft_problem_once")]
        indexes = [models.Index(fields=["kind", "article"], name="draft_problem_kind")]

    def __str__(self):
        return f"{self.article_id}: {self.count} × {self.kind}"
