"""What an article is taken away as."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from articles.content import ArticleContent
from articles.rendered import Link, Links
from articles.rendering import pandoc_markdown, render

from .articles_for_tests import content, edit, load_demo, make_article
from .growth import is_linear

pytestmark = pytest.mark.django_db
FORMS = ("json", "md", "csl.json", "txt")


def markdown(article, links=None):
    """Return the Markdown of a content."""
    links = links or Links()
    return pandoc_markdown(article, links, "https://example.org", render(article, links))


def test_markdown_keeps_citations_and_writes_notes_links_and_sources_out(client):
    make_article("war", "The War")
    make_article(
        body="It began.[@b, p. 3][^n] See [[The War|the war]] and [[Nowhere]].\n\n> Quoted [[War]].",
        part_of="war",
        notes=[{"key": "n", "text": "Or [[The War]] did.[@b]"}, {"key": "unused", "text": "Never."}],
        references=[{"key": "b", "source": {"type": "book", "title": "Black: Garden"}}],
        infobox={"kind": "military-conflict",
                 "rows": [{"field": "casualties", "side": 2, "value": "400[@b]", "attribution": "per <B>"}]},
    )  # fmt: skip
    text = client.get("/articles/battle-of-kalbajar.md").content.decode()
    assert "It began.[@b, p. 3][^n] See [the war](http" in text
    assert "/articles/war/) and Nowhere." in text
    assert "> Quoted [War](http" in text
    assert "\n[^n]: Or [The War](" in text
    assert "Never." not in text
    assert "Casualties and losses – side 2\n:   400[@b] (per \\<B\\>)" in text
    references = re.search("^references: (.*)$", text, re.MULTILINE)[1]
    assert json.loads(references) == [{"type": "book", "title": "Black: Garden", "id": "b"}]


def test_text_in_code_is_no_link():
    article = content(body="A `[[Kalbajar]]` and [[Kalbajar]].")
    links = Links(targets=(("kalbajar", Link("/articles/k/", "K")),))
    assert "A `[[Kalbajar]]` and [Kalbajar](https://example.org/articles/k/)." in markdown(article, links)


def test_a_title_cannot_end_the_head_of_the_file():
    article = content(title='A "quoted" --- title: x')
    assert markdown(article).splitlines()[1] == r'title: "A \"quoted\" --- title: x"'


@pytest.mark.parametrize(("text", "written"), [
    ("a <b>c</b>", r"a \<b>c\</b>"),
    ("<script>x</script>", r"\<script>x\</script>"),
    ("> - <svg onload=x>", r"> - \<svg onload=x>"),
    ("[x](javascript:y)", r"\[x](javascript:y)"),
    ("[x]{onclick=y}", r"\[x]\{onclick=y\}"),
    ("`x`{=html}", r"`x`\{=html\}"),
    ("```{=html}\n<b>\n```", "```=html\n<b>\n```"),
    ("`<b>` <https://a.b> $x$", r"`<b>` <https://a.b> \$x\$"),
    ("|a|\n|-|\n|b|<i>|", "|a|\n|-|\n|b|\\<i>|"),
    ("a^2^[^k]", r"a\^2\^[^k]"),
    ("[@k, <i>]", r"[@k, \<i>]"),
    ("[[No <b>|<i>]]", r"\<i>"),
    ("| <b> | c |\n|---|---|\n| x \\| <i> | `<b>` |", "| \\<b> | c |\n|---|---|\n| x \\| \\<i> | `<b>` |"),
    ("[a](https://a.b 'c')", '[a](https://a.b "c")'),
    (r"\alpha \* \<", r"\\alpha \* \<"),
])  # fmt: skip
def test_what_the_page_shows_as_text_is_text_to_pandoc(text, written):
    assert markdown(content(body=text)).partition("\n---\n\n")[2].strip() == written


def test_a_bar_in_a_cell_is_not_taken_for_one_in_a_later_cell():
    article = content(body="|a|b|\n|-|-|\n" + r"a\\|b|{aa\|b" + "|\n")
    assert markdown(article).rstrip().endswith(r"a\\|b|\{aa\|b|")


@pytest.mark.parametrize("cell", ["b|", r"a\|b|"])
def test_a_row_of_thousands_of_cells_takes_no_time_beyond_its_length(cell):
    assert is_linear(lambda count: markdown(content(body=f"{'a|' * count}\n{'-|' * count}\n{cell * count}")), 20_000)


def test_no_title_makes_the_head_unreadable_as_yaml():
    head = markdown(content().replace(title="A \ufffe\uffff\x00 B")).splitlines()[1]
    assert head == r'title: "A \ufffe\uffff\u0000 B"'


def test_sources_alone_are_csl_data(client):
    load_demo()
    answer = client.get("/articles/battle-of-kalbajar.csl.json")
    assert answer["Content-Type"] == "application/vnd.citationstyles.csl+json"
    assert {"hrw1994", "later-accounts"} <= {item["id"] for item in json.loads(answer.content)}


def test_plain_text_says_what_the_labels_say(client):
    load_demo()
    text = client.get("/articles/battle-of-kalbajar.txt").content.decode()
    assert "Casualties and losses, side 2: 400 servicemen killed (per Azerbaijan); 55 servicemen killed" in text
    assert "\n[1] Human Rights Watch/Helsinki" in text
    assert "<" not in text


@pytest.mark.parametrize("form", FORMS)
def test_exports_are_of_what_is_published_and_follow_a_new_slug(client, form):
    article = make_article(body="Public words.")
    edit(article, body="Secret words.")
    answer = client.get(f"/articles/battle-of-kalbajar.{form}")
    assert b"Secret" not in answer.content
    assert "s-maxage=1" in answer["Cache-Control"]
    edit(article, slug="fall-of-kalbajar", published=True)
    moved = client.get(f"/articles/battle-of-kalbajar.{form}")
    assert (moved.status_code, moved["Location"]) == (301, f"/articles/fall-of-kalbajar.{form}")
    assert client.get(f"/articles/nothing.{form}").status_code == 404


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "[[a]]",
                "[[b|c]]",
                "![[f]]",
                "`",
                "\n",
                "\n\n",
                "> ",
                "|",
                "x ",
                "- ",
                "[@k]",
                "\\",
                "<b>",
                "\t",
                "[x](/a",
                '"c")',
            ]
        )
    )
)
def test_any_body_is_exported(pieces):
    data = {"format": "kalbajar.article/1", "slug": "a", "title": "A", "body": "".join(pieces)}
    assert markdown(ArticleContent.from_json(data)).startswith("---\n")
