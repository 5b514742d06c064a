"""Pages: where names lead, and the finished pages that readers get.

In go publications and contents, out come ``Links`` for rendering and rows of ``RenderedPage`` with everything that a
page is found by. All public addresses and lists ask what this package stores. Imports models, rendering and below.
"""

from .campaigns import campaign_of
from .citing import Cited
from .finishing import finish, release, store_page, up_to_date
from .links import former_address, links_for, moved_targets, naming, pages_named
from .neighbours import neighbours
from .rebuilding import make_page

__all__ = [
    "Cited",
    "campaign_of",
    "finish",
    "former_address",
    "links_for",
    "make_page",
    "moved_targets",
    "naming",
    "neighbours",
    "pages_named",
    "release",
    "store_page",
    "up_to_date",
]
