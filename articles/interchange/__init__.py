"""Interchange: articles as files (``kalbajar.article/1``), in and out.

``read_file`` and ``load`` take a file to a recorded, perhaps published, revision; ``dump`` gives an article's JSON and
``dump_files`` its pictures too. Everything is ArticleContent in between. Imports the verbs' floor and below, no door.
"""

from .dumping import as_text, dump, dump_files
from .loading import Loaded, find_article, load, read_file

__all__ = ["Loaded", "as_text", "dump", "dump_files", "find_article", "load", "read_file"]
