"""What a browser sent of the article's form, raw: order, repetitions and broken bytes as they came."""

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote_from_bytes, unquote_plus, urlencode

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import QueryDict

from ..stashes import MOST_CHARACTERS

FORM_ID, STEP, TAKEN_FROM = "form_id", "form_step", "taken_from"
NAME, PASSWORD = "sign_in_name", "sign_in_password"
_TOKEN = "csrfmiddlewaretoken"  # noqa: S105
_MACHINERY = {FORM_ID, STEP, TAKEN_FROM, NAME, PASSWORD, _TOKEN}
_URLENCODED = "application/x-www-form-urlencoded"
_ASCII = "".join(map(chr, range(1, 128)))
_MOST_FIELDS, _MOST_SHOWN = 100_000, 50_000


@dataclass(frozen=True)
class Sent:
    """One post of the form. ``fields`` is what the editor filled, urlencoded, without buttons and machinery."""

    fields: str
    button: str = ""
    """Name of the button that was pressed."""
    form_id: str = ""
    step: int = 0
    taken_from: int = 0
    base: int = 0
    too_large: bool = False
    """More than the site takes, or more fields: it can be kept and shown, and not be read as a form."""

    @property
    def digest(self):
        """SHA-256 of what is asked for: equal fields and the same button are one wish."""
        return hashlib.sha256(f"{self.button}\n{self.fields}".encode()).hexdigest()

    @property
    def pairs(self):
        """Names and texts in the order of the form."""
        return parse_qsl(_some(self.fields), keep_blank_values=True)

    @property
    def about(self):
        """What a page must hold besides the fields to send them once more: names and texts."""
        about = {FORM_ID: self.form_id, STEP: str(self.step), TAKEN_FROM: str(self.taken_from or ""), self.button: "1"}
        return {name: text for name, text in about.items() if name}


def sent_by(request, *, known):
    """Read the post of a request, of any size up to what is kept.

    Of strangers (not ``known``) nothing is read that is more than the site takes: it is not given back to them.
    """
    too_large = False
    try:
        _load_fields(request)
    except (RequestDataTooBig, TooManyFieldsSent) as error:
        too_large = True
        if not known:
            return Sent(fields="", too_large=True)
        if isinstance(error, RequestDataTooBig):
            raw = request.read(MOST_CHARACTERS)
        else:
            raw = b"" if request.content_type != _URLENCODED else request.body
    else:
        raw = request.body if request.content_type == _URLENCODED else urlencode(
            [(name, value) for name, values in request.POST.lists() for value in values]).encode()  # fmt: skip
    return _read(_as_ascii(raw), too_large)


def _load_fields(request):
    """Read the fields to ``request.POST`` as Django does, in a third of its time: it appends one by one.

    Raises ``RequestDataTooBig`` and ``TooManyFieldsSent``.
    """
    if request.content_type != _URLENCODED or request.encoding not in (None, "utf-8"):
        request.POST.get("")
        return
    raw, most, lists = request.body, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, {}
    try:
        sent = raw.decode()
    except UnicodeDecodeError:
        sent = raw.decode("iso-8859-1")
    try:
        for name, value in parse_qsl(sent, keep_blank_values=True, max_num_fields=most):
            lists.setdefault(name, []).append(value)
    except ValueError as error:
        raise TooManyFieldsSent from error
    fields = QueryDict(mutable=True)
    dict.update(fields, lists)
    fields._mutable = False
    request.POST = fields


def _as_ascii(raw):
    return raw.decode() if raw.isascii() and b"\0" not in raw else quote_from_bytes(raw, safe=_ASCII)


def _read(text, too_large):
    kept, about = [], {}
    # A text of absurdly many fields is kept as it came, behind those that somebody may have filled.
    for piece in text.split("&", _MOST_FIELDS):
        name, _, value = piece.partition("=")
        name = unquote_plus(name)
        if name in _MACHINERY or name == "base_revision":
            about[name] = unquote_plus(value)
        elif name.startswith("_"):
            about["button"] = name
        if name not in _MACHINERY and not name.startswith("_"):
            kept.append(piece)
    return Sent(
        fields="&".join(kept),
        button=about.get("button", ""),
        form_id=about.get(FORM_ID, ""),
        step=_number(about.get(STEP)),
        taken_from=_number(about.get(TAKEN_FROM)),
        base=_number(about.get("base_revision")),
        too_large=too_large,
    )


def _number(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 9 else 0


def _some(text):
    """Cut a text of absurdly many fields: a page cannot show them."""
    if text.count("&") <= _MOST_SHOWN:
        return text
    return "&".join(text.split("&", _MOST_SHOWN)[:_MOST_SHOWN])
