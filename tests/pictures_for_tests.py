"""An article that shows a picture, and the smaller copies that its page names."""

from io import BytesIO

from PIL import Image as Pillow

from .articles_for_tests import make_article
from .page_tree import read_page


def shown(image, *, published=True, body="![[map]]", **members):
    """Return an article that shows the image in its text."""
    row = {"key": "map", "image": f"sha256:{image.sha256}", "credit": image.credit, "licence": image.licence}
    return make_article(body=body, figures=[row | {"alt": "A map."} | members], published=published)


def picture_of(client, article):
    """Return the picture on an article's page."""
    return read_page(client.get(article.get_absolute_url()).content.decode()).one("img")


def copies(img):
    """Return {width: address} of a ``srcset``."""
    return {int(one.split()[1][:-1]): one.split()[0] for one in img.get("srcset", "").split(", ") if one}


def opened(response):
    image = Pillow.open(BytesIO(response.getvalue()))
    image.load()
    return image
