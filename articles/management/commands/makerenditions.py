"""``manage.py makerenditions``: the smaller copies of all pictures in the library, those of old versions included."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from articles.models import Image
from articles.pictures import make_renditions, missing_renditions, remove_unfinished, unnamed_files

_BAR = 30


class Command(BaseCommand):
    """Makes what is not there. Broken off and begun again, it goes on where it was; one picture is made at a time.

    Exit status 1 where a file is missing or has no copies. It also looks after what killed uploads left.
    """

    help = "Make the smaller copies of pictures that pages show, where they are missing; name files of no image."

    def handle(self, **options):
        pictures = dict(Image.history.order_by("name").values_list("name", "width").distinct())
        there = {name: width for name, width in pictures.items() if default_storage.exists(name)}
        wanting = {name: width for name, width in there.items() if missing_renditions(name, width)}
        failed = []
        for number, (name, width) in enumerate(wanting.items(), 1):
            if not make_renditions(name, width):
                failed.append(name)
            self._tell(number, len(wanting))
        for name in sorted(pictures.keys() - there.keys()):
            self.stderr.write(f"{name}: the file is not there")
        for name in failed:
            self.stderr.write(f"{name}: no copies could be made; the log says why")
        self.stdout.write(f"{len(wanting) - len(failed)} made, {len(there) - len(wanting)} were there.")
        if removed := remove_unfinished():
            self.stdout.write(f"Removed what killed uploads left: {removed} files.")
        for name in unnamed_files(pictures):
            self.stdout.write(f"{name}: no image has or had this file")
        if failed or len(there) < len(pictures):
            raise SystemExit(1)

    def _tell(self, done, total):
        """Draw the bar on a terminal; a log gets none."""
        if self.stderr.isatty():
            filled = _BAR * done // total
            end = "\n" if done == total else ""
            self.stderr.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {done} of {total}", ending=end)
