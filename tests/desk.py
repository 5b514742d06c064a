"""The desk through its door: a form read from a page as a browser reads it, changed, and sent back."""

from html.parser import HTMLParser

from django.urls import reverse

CHANGELIST = "/admin/articles/article/"
ADD = "/admin/articles/article/add/"


class _Form(HTMLParser):
    """Collects the fields that a browser would send, except buttons; line ends as browsers send them."""

    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside = form_id, False
        self.fields, self._select, self._textarea = {}, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == self.form_id and attrs.get("role") != "search"
        name = attrs.get("name")
        if not self.inside or "disabled" in attrs:
            return
        if tag == "input" and attrs.get("type") in ("checkbox", "radio"):
            if "checked" in attrs:
                self.fields[name] = attrs.get("value", "on")
        elif tag == "input" and attrs.get("type") not in ("submit", "button", "image", "file", "reset"):
            self.fields[name] = attrs.get("value", "")
        elif tag == "select":
            self._select = name
            self.fields.setdefault(name, "")
        elif tag == "option" and self._select and "selected" in attrs:
            self.fields[self._select] = attrs.get("value", "")
        elif tag == "textarea":
            self._textarea = name
            self.fields[name] = ""

    def handle_data(self, data):
        if self._textarea:
            self.fields[self._textarea] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._textarea:
            text = self.fields[self._textarea].removeprefix("\n")
            self.fields[self._textarea] = text.replace("\r\n", "\n").replace("\n", "\r\n")
            self._textarea = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self.inside = False


def form_fields(response, form_id="article_form"):
    """Return what a browser would send of the form on a page, untouched."""
    form = _Form(form_id)
    form.feed(response.content.decode())
    return {name: value for name, value in form.fields.items() if name and "__prefix__" not in name}


def change_address(article):
    """Return the address of the article's form."""
    return reverse("admin:articles_article_change", args=[article.pk])


def open_form(client, article):
    """Return the fields of an article's form."""
    return form_fields(client.get(change_address(article)))


def send(client, article, fields, button="_continue", **changes):
    """Send the form of an article (None: a new one) with changes; return the response to which it leads."""
    address = change_address(article) if article else ADD
    return client.post(address, fields | changes | {button: "Save"}, follow=True)


def add_row(fields, name, /, **words):
    """Fill the blank row at the end of a list, as an editor would; return the fields changed."""
    index = int(fields[f"{name}-TOTAL_FORMS"])
    row = {f"{name}-{index}-{word}": value for word, value in words.items()}
    return fields | row | {f"{name}-TOTAL_FORMS": str(index + 1)}


def words_of(response):
    """Return all messages of a page as one text."""
    return " ".join(str(message) for message in response.context["messages"])
