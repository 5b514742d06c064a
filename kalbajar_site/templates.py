"""Templates, read when a process starts and not when first used: an upgrade may have changed the files by then."""

from django.conf import settings
from django.template.loader import get_template


def load_all():
    """Read every template of ours; a mistake in one stops the start."""
    folder = settings.BASE_DIR / "templates"
    for path in sorted(folder.rglob("*.html")):
        get_template(path.relative_to(folder).as_posix())
