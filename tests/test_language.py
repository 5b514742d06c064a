"""The site in another language: every word that is not an editor's own comes from a catalogue."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation
from django.utils.translation import trans_real

from articles.content import ArticleContent
from articles.dates import read_event_date
from articles.models import Article
from articles.publishing import publish
from articles.revisions import record_revision
from tests.pseudo_language import Wide, plain_words, wide, write_empty_catalogue

ROOT = Path(__file__).resolve().parent.parent
# Names that are the same in every language: our own, formats, styles of citation, codes of scripts.
KNOWN = (
    "Kalbajar APA Chicago MLA BibTeX CSL JSON Markdown Pandoc Zotero ISBN ISSN DOI EDTF BCP URL Atom HTML Wikipedia "
    "JPEG PNG WebP GIF AVIF Public Domain Natural Earth RIS PMID SHA Cyrl Iran Turkey Georgia Azerbaijan Armenia "
    "Russia Iraq"
).split()
SOURCE = {
    "type": "chapter", "title": "Ист", "author": [{"family": "Ав", "given": "Би"}], "editor": [{"literal": "Ред"}],
    "translator": [{"literal": "Пер"}], "container-title": "Кн", "page": "1-9", "volume": "2", "edition": "3",
    "issued": {"date-parts": [[1994, 12]]}, "accessed": {"date-parts": [[2020, 1, 2]]}, "URL": "https://a.example/1",
    "custom": {"archive-url": "https://b.example/1", "archive-date": "2019-03-04"}, "language": "ru",
}  # fmt: skip
# Figures are understood in English texts; what a page says of them is no English.
FIGURES = ("100 killed", "20 civilians wounded")
CONTENT = {
    "format": "kalbajar.article/1",
    "slug": "x1",
    "title": "Бой",
    "short_description": "Кратко",
    "names": [{"name": "Բոյ", "language": "hy", "script": "Armn"}, {"name": "Бой", "language": "ru"}],
    "part_of": "x2",
    "event_date": "1993-03-27/1993-04-03~",
    "coordinates": {"latitude": 40.1, "longitude": 46.0},
    "categories": ["Бои"],
    "infobox": {
        "kind": "military-conflict",
        "rows": [
            {"field": "place", "value": "Там"},
            {"field": "combatant", "side": 1, "value": "Одни"},
            {"field": "combatant", "side": 2, "value": "Другие"},
            {"field": "strength", "side": 1, "value": "~1200[@k1, 5]", "attribution": "Он"},
            {"field": "strength", "side": 1, "value": "3000+"},
            {"field": "casualties", "side": 2, "value": f"{FIGURES[0]}, {FIGURES[1]}[@k1]"},
            {"field": "casualties", "side": "all", "value": "50"},
        ],
    },
    "body": "Раз[@k1, 12][^n1] и [[x2|два]].\n\n## Глава\n\nТри[@k2].\n\n| а | б |\n|---|---|\n| в | г |\n",
    "notes": [{"key": "n1", "text": "Сноска[@k2]"}, {"key": "n2", "text": ""}],
    "references": [
        {"key": "k1", "source": SOURCE, "pages": "3-4", "quotation": "Так", "translation": "Вот"},
        {"key": "k2", "text": "Книга", "remark": "См."},
        {"key": "k3", "text": "Ещё"},
    ],
}


@pytest.fixture(autouse=True)
def _wide_site(tmp_path):
    """Run the site in a language whose only words are wide."""
    write_empty_catalogue(tmp_path, "xx")
    languages = [("en", "English"), ("xx", "Wide")]
    with (
        override_settings(LANGUAGE_CODE="xx", LANGUAGES=languages, LOCALE_PATHS=[tmp_path]),
        translation.override("xx"),
    ):
        catalogue = trans_real.translation("xx")
        catalogue._fallback = Wide()
        yield
    trans_real._translations.clear()


@pytest.fixture
def article(db, editor):
    editor.username = "ред"
    editor.save()
    whole = ArticleContent.from_json(CONTENT)
    whole = whole.replace(notes=whole.notes[:1])
    revision = record_revision(None, whole, base=0, author=editor, summary="Начало")
    publish(revision, user=None, commanded=True)
    article = Article.objects.get()
    changed = whole.replace(
        title="Бой!",
        body=whole.body.replace("Раз", "Два").replace("Три", "Нет[@k9] и [^n9] три"),
        categories=("Драки",),
    )
    record_revision(article, changed, base=1, author=editor, summary="Правка")
    return article


def untranslated(client, address, **query):
    response = client.get(address, query)
    assert response.status_code in (200, 404), address
    html = response.content.decode()
    for figure in FIGURES:
        html = html.replace(figure, "")
    return {f"{address}: {text}" for text in plain_words(html, KNOWN)}


PUBLIC = (
    "/", "/articles/x1/", "/articles/x1/claims/", "/articles/x1/cite/", "/articles/x1/map/", "/articles/x1/campaign/",
    "/articles/x1/history/", "/articles/x1/revisions/1/", "/search/?q=Бой", "/search/?q=Ничего", "/categories/boi/",
    "/articles/nowhere/",
)  # fmt: skip
STAFF = (
    "/articles/x1/history/", "/articles/x1/revisions/2/", "/articles/x1/compare/1/2/",
    "/articles/x1/compare/1/2/?view=columns", "/articles/x1/compare/1/2/?view=rendered", "/review/", "/review/notices/",
    "/admin/", "/admin/articles/article/", "/admin/articles/article/add/", "/admin/articles/source/",
    "/admin/articles/source/add/", "/admin/articles/image/",
)  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_say_nothing_in_english(client, article, address):
    assert untranslated(client, address) == set()


@pytest.mark.parametrize("address", STAFF)
def test_the_desk_says_nothing_in_english(article, superuser, client_of, address):
    superuser.username = "адм"
    superuser.save()
    assert untranslated(client_of(superuser), address) == set()


def test_the_article_form_says_nothing_in_english(article, superuser, client_of):
    superuser.username = "адм"
    superuser.save()
    assert untranslated(client_of(superuser), f"/admin/articles/article/{article.pk}/change/") == set()


def test_what_was_wrong_is_told_in_the_language(db):
    with pytest.raises(ValueError, match=wide("ends before it starts")):
        read_event_date("1994/1993")


def test_the_page_bears_its_language(client, article):
    assert '<html lang="xx"' in client.get("/articles/x1/").content.decode()


def test_nothing_is_translated_before_it_is_known_into_which_language():
    """What a module says while it is loaded is lazy; ``gettext`` itself is called in functions."""
    early = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("articles", "kalbajar_site")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for call in _early_calls(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert early == []


def _early_calls(tree):
    """Yield the calls of names that mean gettext, ngettext or pgettext, which are made when a module is loaded."""
    eager = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in ("gettext", "ngettext", "pgettext", "npgettext")
    }
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in eager:
            yield node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
        elif not isinstance(node, ast.Lambda):
            waiting += ast.iter_child_nodes(node)


@pytest.mark.skipif(not shutil.which("xgettext"), reason="needs the tools of GNU gettext")
def test_the_english_catalogue_is_complete(tmp_path):
    """Everything that ``make messages`` finds is in the catalogue that translators copy."""
    stored = ROOT / "articles" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    program = (
        "import django; from django.conf import settings; django.setup();"
        f"settings.LOCALE_PATHS = [{str(tmp_path)!r}];"
        "from django.core.management import call_command;"
        "call_command('makemessages', locale=['en'], ignore_patterns=['tests', '.venv', 'var', 'static', 'locale'],"
        " no_location=True, no_wrap=True, verbosity=0)"
    )
    subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found = (tmp_path / "en" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    assert len(_messages(found)) > 1000
    missing = _messages(found) - _messages(stored.read_text(encoding="utf-8"))
    assert missing == set(), "run: make messages"


def _messages(catalogue):
    """Return the messages of a catalogue, each with its context and plural."""
    entries = (entry.splitlines() for entry in catalogue.split("\n\n")[1:])
    return {"\n".join(line for line in lines if not line.startswith(("#", "msgstr"))) for lines in entries}
