"""HTML as a tree to ask: a small reader for tests of the pages, by the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False)
class Element:
    """An element: ``children`` are elements and texts in their order."""

    tag: str
    attributes: dict
    parent: "Element | None" = None
    children: list = field(default_factory=list)

    def __getitem__(self, name):
        return self.attributes[name]

    def get(self, name, default=None):
        """Return an attribute."""
        return self.attributes.get(name, default)

    @property
    def elements(self):
        """Return the child elements."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self):
        """Return all words inside, white space as one blank."""
        return " ".join("".join(self._texts()).split())

    def _texts(self):
        for child in self.children:
            yield from child._texts() if isinstance(child, Element) else (child,)

    def walk(self):
        """Yield the elements below in document order."""
        for child in self.elements:
            yield child
            yield from child.walk()

    def all(self, tag="", **wanted):
        """Return the elements below with this tag and these attributes; ``class_`` is one of several classes.

        An attribute is named with underscores for dashes; True means that it is there.
        """
        return [one for one in self.walk() if (not tag or one.tag == tag) and one._has(wanted)]

    def one(self, tag="", **wanted):
        """Return the only element of that sort."""
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{len(found)} × {tag} {wanted}"
        return found[0]

    def _has(self, wanted):
        for name, value in wanted.items():
            if name == "class_":
                if value not in self.get("class", "").split():
                    return False
            else:
                found = self.get(name.replace("_", "-"))
                if found is None if value is True else found != value:
                    return False
        return True


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs), self.here)
        self.here.children.append(element)
        if tag not in _VOID:
            self.here = element

    def handle_endtag(self, tag):
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def read_page(html):
    """Return the root of the tree of ``html``; tags that are not closed in order fail."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> stays open"
    return reader.root
