"""Static files: put together, slim, the hash of their content in their names, compressed; and a site that works before
they are made. A file has its name when it is whole: of what a full disk broke off, ``collectstatic`` would take half a
file for a new one.

A stylesheet that imports its parts gets their text in place of the imports, so that a page asks for one file. Only our
own files are touched, and only by what cannot change their meaning: comments and white space.
"""

import os
import re
import secrets
from contextlib import contextmanager, suppress
from posixpath import dirname, join

from django.conf import settings
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError
from whitenoise.storage import CompressedManifestStaticFilesStorage

_OURS = ("css/", "js/")
_HASHED = re.compile(r"(?:[\w-]+/)*[\w.-]+\.[0-9a-f]{12}\.\w+", re.ASCII)
_PART = re.compile(r'^@import "([^"]+)"( print)?;\n', re.MULTILINE)
_CSS = re.compile(r'("[^"\n]*")|/\*.*?\*/|\s*([{};,>])\s*|(:)\s+|\s+', re.DOTALL)
_JS = re.compile(r"^[ \t]*(?://.*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)


def slim(name, read):
    """Return the text of the stylesheet or module ``name`` as browsers get it; ``read(name)`` gives a file's text."""
    text = read(name)
    if name.endswith(".js"):
        return _JS.sub("", text)
    if not name.endswith(".css"):
        return text
    text = _PART.sub(lambda found: _part(join(dirname(name), found[1]), found[2], read), text)
    return _CSS.sub(_kept, text).replace(";}", "}").strip()


def _part(name, medium, read):
    text = slim(name, read)
    return f"@media{medium} {{{text}}}" if medium else text


def _kept(found):
    text, mark, colon = found.groups()
    return text or mark or colon or ("" if found[0].startswith("/*") else " ")


class _Slim:
    """A storage's own files, slim."""

    def __init__(self, storage):
        self._storage = storage

    def open(self, path):
        return ContentFile(slim(path, self._read).encode())

    def _read(self, path):
        with self._storage.open(path) as file:
            return file.read().decode()


@contextmanager
def _aside(path):
    """Yield a path beside ``path`` to write to: it gets the name in the end, or is removed if there is none."""
    aside = f"{path}.{secrets.token_hex(4)}.part"
    try:
        yield aside
        os.replace(aside, path)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(aside)


class _WholeFiles(Compressor):
    def write_data(self, path, data, suffix, stat_result):
        with _aside(path + suffix) as aside:
            super().write_data(path, data, aside.removeprefix(path), stat_result)
        return path + suffix


class StaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage that gives the plain name of a file which ``collectstatic`` has not seen yet.

    Articles can then be loaded and published by command right after ``migrate``; finished pages are made anew when the
    names change (``articles.pages.release``).
    """

    # Modules import one another by path; their names in the import are hashed like any other.
    support_js_module_import_aggregation = True

    def post_process(self, paths, *args, **options):
        """Make the collected ``paths`` slim before they are hashed and compressed."""
        ours = {name: (_Slim(storage), path) for name, (storage, path) in paths.items() if name.startswith(_OURS)}
        yield from super().post_process(paths | ours, *args, **options)

    def create_compressor(self, **options):
        """Return what makes the compressed copies."""
        return _WholeFiles(**options)

    def _save(self, name, content):
        with _aside(self.path(name)) as aside:
            super()._save(os.path.relpath(aside, self.location), content)
        return name

    def stored_name(self, name):
        """Return the hashed name, or ``name`` where there is none."""
        try:
            return super().stored_name(name)
        except ValueError:
            return name


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise's, which finds files of a newer release too.

    It lists them when a process starts. While an upgrade goes on, pages of the new processes ask the old ones as well.
    """

    def __call__(self, request):
        address = request.path_info
        if address not in self.files and address.startswith(settings.STATIC_URL):
            self._look_for(address, address.removeprefix(settings.STATIC_URL))
        return super().__call__(request)

    def _look_for(self, address, name):
        if not _HASHED.fullmatch(name):
            return
        try:
            self.files[address] = self.find_file_at_path(str(settings.STATIC_ROOT / name), address)
        except MissingFileError:
            pass
