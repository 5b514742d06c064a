"""Articles, sources and pictures for tests: made by the one write function, from short interchange objects."""

from articles.content import ArticleContent, ImageFile, Source as SourceContent
from articles.models import Image, Source
from articles.pictures import store_picture
from articles.revisions import record_revision, record_shared_change

BOOK = {"type": "book", "title": "Black Garden", "author": [{"family": "de Waal", "given": "Thomas"}]}
REPORT = {"type": "report", "title": "Seven Years of Conflict", "issued": {"date-parts": [[1994, 12]]}}


def content(**members):
    """Return a content with something in every list but figures, changed by ``members`` of the interchange form."""
    return ArticleContent.from_json(
        {
            "format": "kalbajar.article/1",
            "slug": "battle-of-kalbajar",
            "title": "Battle of Kalbajar",
            "names": [{"id": "n1", "name": "Kəlbəcər döyüşü", "language": "az"}],
            "categories": ["Battles of 1993"],
            "coordinates": {"latitude": 40.10667, "longitude": 46.03833},
            "infobox": {
                "kind": "military-conflict",
                "rows": [
                    {"id": "r1", "field": "combatant", "side": 1, "value": "Armenia"},
                    {"id": "r2", "field": "casualties", "side": "all", "value": "60,000 displaced[@hrw]"},
                ],
            },
            "body": "The battle[^spelling] took place.[@hrw]",
            "notes": [{"id": "k1", "key": "spelling", "text": "Also Kelbajar.[@dewaal]"}],
            "references": [
                {"id": "f1", "key": "hrw", "source": REPORT, "pages": "19"},
                {"id": "f2", "key": "dewaal", "text": "De Waal."},
            ],
        }
        | members
    )


def record(article, what, base=None, **options):
    """Record ``what`` as the newest revision, on the newest if no ``base`` is given."""
    if base is None:
        base = article.revisions.newest().number if article else 0
    return record_revision(article, what, base=base, **{"author": None, "summary": ""} | options)


def picture(letter, **words):
    """Return an image of the library whose file's hash is ``letter`` 64 times."""
    image = Image(**{"credit": "Survey", "licence": "CC BY-SA 4.0"} | words)
    image.set_file(ImageFile(letter * 64, letter * 64, f"{letter}.png", 640, 480, "map.png"))
    record_shared_change(image, author=None)
    return image


def library(data, **words):
    """Put a file into the library and return its image."""
    image = Image(**{"credit": "Survey", "licence": "CC0 1.0"} | words)
    image.set_file(store_picture(data, "map.png"))
    record_shared_change(image, author=None)
    return image


def figure(letter, **members):
    """Return the interchange object of a figure that uses ``picture(letter)``."""
    facts = {"id": f"g{letter}", "key": f"map-{letter}", "image": f"sha256:{letter * 64}"}
    return facts | {"credit": "Survey", "licence": "CC BY-SA 4.0", "alt": "A map."} | members


def change_source(source, csl, **options):
    """Give a source other data by a shared change; return the revisions that this made."""
    source = Source.objects.get(pk=source.pk)
    source.set_content(SourceContent.of(csl))
    return record_shared_change(source, **{"author": None, "summary": "Correct the source"} | options)
