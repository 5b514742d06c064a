"""What the tests of backups share: an article to keep and a site to restore it on."""

import pytest

from .commands_for_tests import manage
from .making import content, figure, library, record
from .making_pictures import drawing, file


@pytest.fixture(name="article")
def pictured_article():
    """An article with a picture whose file is there."""
    image = library(file(drawing(), "PNG"), licence="CC BY-SA 4.0")
    return record(None, content(figures=[figure("a", image=f"sha256:{image.sha256}")])).article


@pytest.fixture(name="elsewhere")
def site_elsewhere(tmp_path, empty_database):
    """Return a function that runs a command on an empty site of its own: what ended."""

    def run(*command):
        return manage(tmp_path / "elsewhere", *command, **empty_database)

    return run


def media_of(folder):
    return next(path for path in (folder / "media").rglob("*") if path.is_file())
