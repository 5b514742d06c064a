"""Report an error: for every reader, without account, cookie or script; it reaches the desk with what was read."""

from django import forms
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..allowance import may_send
from ..models import Publication
from ..pages import former_address
from ..plain_text import normalise, normalise_line, without_forbidden
from ..reviewing import add_report
from .lookup import moved_permanently

_TEXT_MAX = 2_000
_OPEN_FOR = 24 * 60 * 60
_SALT = "reader report"
_LONG = _(
    "What is wrong can be told in %(limit_value)s characters at most; there are %(show_value)s. Nothing was sent, and "
    "your text is below."
)
_LONG_EXCERPT = _(
    "The words of the article can be %(limit_value)s characters at most; there are %(show_value)s. Nothing was sent, "
    "and your text is below."
)
_EXPIRED = _("This form was open for more than a day. Your text is below; please send it again.")
_OTHER = _("This form was made for another article. Your text is below; please send it again.")
_TOO_MANY = _("Too many reports came in the last hour. Your text is below; please send it later.")


_MOST_SHORTER = 4
"""Times that NFC makes a text shorter at most, and one more."""


class _Text(forms.CharField):
    """Text in the one form before its length is told, which that form may double.

    What hides or turns round other text comes along unseen when words are copied; it is left out.
    """

    def to_python(self, value):
        value = without_forbidden(super().to_python(value)).strip()
        # What no form makes short enough is refused as it came.
        return value if len(value) > _MOST_SHORTER * self.max_length else normalise(value)


class ReportForm(forms.Form):
    """What a reader writes. ``website`` is hidden from people: who fills it in is a program."""

    excerpt = _Text(max_length=500, required=False, error_messages={"max_length": _LONG_EXCERPT})
    text = _Text(max_length=_TEXT_MAX, error_messages={"required": _("Please say what is wrong."), "max_length": _LONG})
    anchor = forms.RegexField(r"^[^\s#<>\"'\x00-\x1f\x7f-\x9f\u202a-\u202e]{0,200}$", required=False)
    revision = forms.IntegerField(min_value=1, max_value=10**9)
    token = forms.CharField()
    website = forms.CharField(required=False)

    def __init__(self, slug, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.slug = slug

    def clean_token(self):
        """Check that this site gave the form of this article, at most a day ago.

        The token names no reader, so it needs no cookie.
        """
        try:
            slug = signing.loads(self.cleaned_data["token"], salt=_SALT, max_age=_OPEN_FOR)
        except signing.BadSignature:
            raise forms.ValidationError(_EXPIRED) from None
        if slug != self.slug:
            raise forms.ValidationError(_OTHER)
        return slug


# No cookie is set, so there is no token in one either, and no right that a foreign page could make use of.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, slug):
    """The form (GET, with ``?revision=``, ``?at=`` and ``?text=`` of the place that is meant) and its sending."""
    publications = Publication.objects.shown().filter(article__page__slug=slug)
    current = publications.order_by("-id").select_related("revision").first()
    if current is None:
        if former := former_address(slug):
            return moved_permanently(reverse("report", args=[former.slug]))
        raise Http404
    if request.method != "POST":
        begun = {
            "revision": _read(publications, request.GET.get("revision")) or current.revision.number,
            "anchor": request.GET.get("at", "")[:200],
            "excerpt": normalise_line(without_forbidden(request.GET.get("text", "")))[:500],
        }
        return _page(slug, current, begun, sent="sent" in request.GET)
    form = ReportForm(slug, request.POST)
    if not form.is_valid():
        return _page(slug, current, request.POST, form.errors, status=400)
    said = form.cleaned_data
    if not said["website"]:
        if not may_send(request, "report"):
            return _page(slug, current, request.POST, {"token": [_TOO_MANY]}, status=429)
        read = publications.filter(revision__number=said["revision"]).order_by("-id").first() or current
        add_report(read.revision, text=said["text"], anchor=said["anchor"], excerpt=said["excerpt"])
    return HttpResponseRedirect(reverse("report", args=[slug]) + "?sent")


def _read(publications, number):
    """Return ``number`` as a number if it is that of a published revision, else None."""
    if number and number.isascii() and number.isdigit() and len(number) < 10:
        if publications.filter(revision__number=int(number)).exists():
            return int(number)
    return None


def _page(slug, publication, fields, errors=None, *, sent=False, status=200):
    context = {
        "slug": slug,
        "title": publication.article_content().title,
        "address": reverse("article", args=[slug]),
        "fields": fields,
        "errors": errors or {},
        "sent": sent,
        "token": signing.dumps(slug, salt=_SALT),
        "text_max": _TEXT_MAX,
    }
    response = HttpResponse(render_to_string("articles/report.html", context), status=status)
    response["Cache-Control"] = "no-store"
    return response
