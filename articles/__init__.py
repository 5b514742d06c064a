"""Articles: an encyclopedia's content, its history, and the two doors to it.

The floor plan. A file imports from lower floors and from its own package, nothing else; the three pillars of floor 2
never import one another; files directly in ``articles/`` import only from lower floors. An arrow is the one step
sideways. ``tests/test_floors.py`` reads this plan and holds it.

    floor           READERS, REVIEWERS                               EDITORS
      7  | kalbajar_site/   settings  urls  wsgi  asgi
      6  | urls.py
      5  | views/                        | admin/                    | management/commands/ | apps.py
      4  | reviewing/ -> publishing.py <- interchange/  meanwhile.py
      3  | revisions/  pages/  pictures/  search/  stashes.py  shown_changes.py  groups.py  templatetags/
      3  | backups/  checks.py  allowance.py
      2  | models/                       | rendering/                | comparison/
      1  | content/  rendered.py  markup/  maps/
      0  | problems.py  plain_text.py  folding.py  dates.py  quantities.py  infobox_kinds.py  permissions.py
     -1  | wording.py  disk.py

Floors -1 to 1, ``rendering/`` and ``comparison/`` import no model and no settings and run without a database.
"""
