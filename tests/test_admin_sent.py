"""The fields of a post are read as Django reads them, whatever was sent."""

import pytest
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import example, given, strategies as some

from articles.admin.sent import sent_by

FORM = "application/x-www-form-urlencoded"
pieces = some.sampled_from(
    [b"a", b"b-0-key", b"=", b"&", b"+", b"%", b"%C3%A9", b"%FF", b"%00", b";", b"\xc3\xa9", b"\xff", b" "]
)


def posted(raw, content_type=FORM):
    """Return a request, as it comes from a browser."""
    return RequestFactory().post("/", raw, content_type=content_type)


@given(some.lists(pieces, max_size=30).map(b"".join))
@example(b"a=1&a=2&b=&=c&&d")
def test_the_fields_are_those_of_django(raw):
    ours, theirs = posted(raw), posted(raw).POST
    sent_by(ours, known=True)
    assert isinstance(ours.POST, QueryDict)
    assert list(ours.POST.lists()) == list(theirs.lists())
    assert ours.POST.urlencode() == theirs.urlencode()
    assert ours.POST.copy() == theirs.copy()
    with pytest.raises(AttributeError):
        ours.POST["a"] = "written"


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", f"{FORM}; charset=utf-8", "text/plain"])
def test_another_kind_of_post_is_read_too(content_type):
    raw = (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n' if "multi" in content_type else b"a=1"
    )
    request = posted(raw, content_type)
    sent_by(request, known=True)
    assert request.POST.get("a") == (None if content_type == "text/plain" else "1")


@pytest.mark.parametrize(("limit", "error"), [
    ("DATA_UPLOAD_MAX_NUMBER_FIELDS", TooManyFieldsSent), ("DATA_UPLOAD_MAX_MEMORY_SIZE", RequestDataTooBig)
])  # fmt: skip
def test_too_much_is_told_and_kept(settings, limit, error):
    setattr(settings, limit, 3)
    request = posted(b"a=1&b=2&c=3&d=4")
    sent = sent_by(request, known=True)
    assert sent.too_large
    assert sent.fields == "a=1&b=2&c=3&d=4"
    if error is TooManyFieldsSent:
        with pytest.raises(error):
            request.POST.get("a")
