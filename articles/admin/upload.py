"""Pictures dropped onto a page of the desk: one file in, one image of the library out, answered as JSON."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import reverse

from ..models import Image
from ..problems import Refused
from .image_form import ImageForm
from .shared_saving import record_form


def upload(model_admin, request):
    """Take ``file``, ``credit`` and ``licence`` (multipart) into the library by the rules of the image's own page.

    Answers 201 with ``{"id", "label", "address", "small", "change", "width", "height", "credit", "licence", "known"}``;
    ``known``: the library had this very file with these very words, and nothing was stored. What is refused is
    answered 422 with ``{"problems": [{"field", "message"}]}``.
    """
    if request.method != "POST":
        return JsonResponse({}, status=405, headers={"Allow": "POST"})
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    form = ImageForm(request.POST, request.FILES, shared=Image())
    if not form.is_valid():
        return _refused(form)
    form.put()
    known = _known(form.shared)
    if known is None:
        try:
            record_form(model_admin, request, form)
        except Refused as refused:
            form.refuse(refused.problems)
            return _refused(form)
        model_admin.follow(form.shared)
    return JsonResponse(_told(known or form.shared) | {"known": known is not None}, status=201)


def _known(image):
    """Return the image that has the same file, credit and licence, or None."""
    words = {"credit": image.credit.strip(), "licence": image.licence.strip()}
    return Image.objects.filter(sha256=image.sha256, **words).order_by("pk").first()


def _told(image):
    return {
        "id": str(image.pk), "label": str(image), "address": image.address, "small": image.small_address,
        "change": reverse("admin:articles_image_change", args=[image.pk]), "width": image.width,
        "height": image.height, "credit": image.credit, "licence": image.licence,
    }  # fmt: skip


def _refused(form):
    problems = [
        {"field": "" if name == "__all__" else name, "message": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    return JsonResponse({"problems": problems}, status=422)
