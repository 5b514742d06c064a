"""What the code promises of itself, read from its own text: how rows are written, and what it stands on."""

import ast
import re
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User

ROOT = Path(__file__).resolve().parent.parent
WRITES = {"update", "bulk_create", "bulk_update", "_raw_delete", "update_or_create", "delete", "raw", "executemany"}
MAY_WRITE = {
    # What stands beside the record and is made anew: pages, search, words, standings, problems.
    "articles/pages/finishing.py", "articles/publishing.py", "articles/revisions/standing.py",
    "articles/revisions/problems.py", "articles/revisions/article_words.py", "articles/revisions/source_words.py",
    # What belongs to one user and is no record: stashes, presence, watches, marks, notices, reports.
    "articles/stashes.py", "articles/models/presence.py", "articles/reviewing/notices.py",
    "articles/reviewing/comments.py", "articles/reviewing/reports.py",
    # The record itself: one by one, by the one write function; and text taken out of it by law.
    "articles/revisions/storing.py", "articles/revisions/removing.py", "articles/models/guards.py",
    # Rows by the thousand, held to those of the write function by a test.
    "articles/management/corpus/copying.py",
}  # fmt: skip


def _writes(path):
    """Yield the line of every call that may write rows past the guards; dicts and digests have ``update`` too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
            continue
        written = ast.unparse(node.func.value)
        if node.func.attr != "update" or "objects" in written or "filter(" in written or "queryset" in written:
            yield f"{path.relative_to(ROOT)}:{node.lineno}"


def test_rows_are_written_in_named_modules_alone():
    found = [
        place
        for path in sorted((ROOT / "articles").rglob("*.py"))
        if "migrations" not in path.parts and str(path.relative_to(ROOT)) not in MAY_WRITE
        for place in _writes(path)
    ]
    assert found == []


def test_the_modules_that_may_write_are_those_that_do():
    assert [name for name in sorted(MAY_WRITE) if not list(_writes(ROOT / name))] == []


def test_everything_we_stand_on_is_pinned():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line.partition("#")[0].strip() for line in lines]
    pinned = r"[\w.-]+(\[\w+\])?==[\w.]+(; python_full_version < \"[\d.]+\")?"
    assert [line for line in wanted if line and not re.fullmatch(pinned, line)] == []


def test_passwords_are_kept_by_argon2():
    from kalbajar_site import settings as site

    assert site.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
    assert any("MinimumLength" in one["NAME"] and one["OPTIONS"]["min_length"] >= 12
               for one in settings.AUTH_PASSWORD_VALIDATORS)  # fmt: skip


def test_a_new_site_has_no_account(db):
    assert not User.objects.exists()
