"""The floor plan of ``articles/__init__.py``, held by walking the syntax trees."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = ROOT / "articles"

PLAN = ast.get_docstring(ast.parse((ARTICLES / "__init__.py").read_text(encoding="utf-8")))
PART = r"(\w+)(?:/|\.py)"
# A line of the plan: "2  | models/  | rendering/  | comparison/". Every part of ``articles`` has its floor there.
FLOORS = {
    part: int(floor)
    for floor, parts in re.findall(r"^ +(-?\d) +\|(.*)$", PLAN, re.MULTILINE)
    for part in re.findall(PART, parts)
}
# The steps sideways on a floor: "reviewing.py -> publishing.py <- interchange/".
SIDEWAYS = set(re.findall(rf"{PART} -> {PART}", PLAN)) | {
    (left, right) for right, left in re.findall(rf"{PART} <- {PART}", PLAN)
}
# Written by Django from the models, and the workshop of the demo's maps, which the product never calls.
OUTSIDE = {"migrations", "demo"}
# These think about text and run without a database: what they may take from Django needs none.
WITHOUT_DATABASE = {part for part, floor in FLOORS.items() if floor < 2} | {"rendering", "comparison"}
NEEDS_A_DATABASE = ("django.conf", "django.db", "django.contrib", "django.apps", "django.core.cache")


def imported_names(tree, package):
    """Yield line and full dotted name of everything that a module imports; ``package`` is the one it stands in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = ".".join(parts[: len(parts) - node.level + 1]) if node.level else ""
            for alias in node.names:
                yield node.lineno, ".".join(filter(None, (base, node.module, alias.name)))


def late_imports(tree):
    """Yield the line of every import inside a function, except ``ready()`` of an AppConfig."""
    allowed = {
        function
        for cls in ast.walk(tree)
        if isinstance(cls, ast.ClassDef) and any("AppConfig" in ast.unparse(base) for base in cls.bases)
        for function in cls.body
        if isinstance(function, ast.FunctionDef) and function.name == "ready"
    }
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) and function not in allowed:
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)):
                    yield node.lineno


def breaches(path, source):
    """Yield a line for each breach of the floor plan; ``path`` is the file's own below the repository."""
    tree = ast.parse(source)
    module = path.removesuffix(".py").split("/")
    package = ".".join(module[:-1])
    part = module[1] if module[0] == "articles" and module[1] != "__init__" else None
    if part in OUTSIDE:
        return
    if part and part not in FLOORS:
        yield f"{path}: {part} has no floor"
        return
    for line in late_imports(tree):
        yield f"{path}:{line}: import inside a function"
    for line, name in imported_names(tree, package):
        reason = forbidden(part, name)
        if reason:
            yield f"{path}:{line}: {name}: {reason}"


def forbidden(part, name):
    """Return why ``part`` of articles (None: its face, ``articles/__init__.py``, or outside it) must not import."""
    names = name.split(".")
    if part is None:
        return None
    if names[0] == "kalbajar_site":
        return "the site knows the articles, not they the site"
    if names[0] == "tests":
        return "tests are no part of the product"
    if part in WITHOUT_DATABASE and f"{name}.".startswith(tuple(f"{needs}." for needs in NEEDS_A_DATABASE)):
        return "runs without a database"
    if names[0] != "articles" or len(names) == 1:
        return None
    other = names[1]
    if other == part or (part, other) in SIDEWAYS:
        return None
    if other not in FLOORS:
        return "has no floor"
    if FLOORS[other] >= FLOORS[part]:
        return f"floor {FLOORS[part]} must not import floor {FLOORS[other]}"
    return None


def product_files():
    return sorted(path for folder in ("articles", "kalbajar_site") for path in (ROOT / folder).rglob("*.py"))


def test_every_file_keeps_the_floor_plan():
    found = [
        breach
        for path in product_files()
        for breach in breaches(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_floor_plan_is_read():
    assert (FLOORS["problems"], FLOORS["models"], FLOORS["comparison"], FLOORS["urls"]) == (0, 2, 2, 6)
    assert {("reviewing", "publishing"), ("interchange", "publishing")} == SIDEWAYS


def test_floors_without_a_database_load_without_settings():
    """What the syntax trees cannot see, a library that needs settings, a bare interpreter does."""
    parts = [part for part in sorted(WITHOUT_DATABASE) if list(ARTICLES.glob(f"{part}*"))]
    program = "; ".join(f"import articles.{part}" for part in parts)
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; import sys; assert 'django.db.models' not in sys.modules"],
        cwd=ROOT,
        env={"PATH": "", "DJANGO_SETTINGS_MODULE": "no.such.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("articles/models/article.py", "from ..revisions import recording"),
        ("articles/models/article.py", "from articles.rendering import render"),
        ("articles/rendering/page.py", "from ..comparison.words import words"),
        ("articles/rendering/page.py", "from django.conf import settings"),
        ("articles/content/article.py", "import django.db.models"),
        ("articles/dates.py", "from articles.content import ArticleContent"),
        ("articles/publishing.py", "from . import reviewing"),
        ("articles/publishing.py", "from articles import interchange"),
        ("articles/interchange/loading.py", "from ..reviewing import approve"),
        ("articles/revisions/recording.py", "from kalbajar_site import settings"),
        ("articles/admin/article.py", "from articles.views import public"),
        ("articles/admin/article.py", "def view():\n    from articles import publishing"),
        ("articles/apps.py", "class Articles:\n    def ready(self):\n        import articles.models"),
        ("articles/helpers.py", "x = 1"),
        ("articles/views/public.py", "from tests import conftest"),
        ("kalbajar_site/urls.py", "def late():\n    import articles.views"),
    ],
)
def test_a_breach_is_found(path, source):
    assert len(list(breaches(path, source))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("articles/models/article.py", "from ..content import LIMITS\nfrom .guards import Revisioned"),
        ("articles/rendering/page.py", "from django.utils.html import escape\nfrom ..rendered import RenderedArticle"),
        ("articles/reviewing.py", "from articles.publishing import publish"),
        ("articles/interchange/loading.py", "from ..publishing import publish"),
        ("articles/views/__init__.py", "from . import public\nfrom articles import publishing"),
        ("articles/apps.py", "class Articles(AppConfig):\n    def ready(self):\n        from . import groups"),
        ("articles/migrations/0001_initial.py", "import articles.models"),
        ("kalbajar_site/urls.py", "from articles import urls"),
    ],
)
def test_what_keeps_the_plan_is_let_through(path, source):
    assert list(breaches(path, source)) == []
