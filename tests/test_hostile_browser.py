"""Hostile text in every field, on every surface, in a real browser: nothing runs, and what was written is shown.

A payload that runs calls ``pwned``; one that the Content-Security-Policy stops is told by ``securitypolicyviolation``.
Both fail the test, and so does an element or an address that no page of ours has.
"""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.content import ArticleContent, Source as SourceContent
from articles.models import ReaderReport, Source
from articles.publishing import publish
from articles.rendered import Links
from articles.rendering import render
from articles.reviewing import add_comment, protect, return_, submit, watch
from articles.revisions import record_revision, record_shared_change

from .desk import ADD, change_address
from .hostile_text import MANY, MARKER, PAYLOADS
from .making import picture

pytestmark = pytest.mark.django_db(transaction=True)

LINES = [" ".join(one.split()) for one in MANY if one.isprintable()]
"""What a field of one line takes."""
SLUG = "hostile"
LISTEN = f"""
    window.{MARKER} = () => console.error("Content Security Policy: a payload ran");
    document.addEventListener("securitypolicyviolation",
        (event) => console.error("Content Security Policy", event.violatedDirective, event.sample));"""
STRANGE = """() => {
    const found = [], elements = "IFRAME OBJECT EMBED APPLET BASE MARQUEE FRAME FRAMESET PORTAL MATH".split(" ");
    for (const one of document.querySelectorAll("*")) {
        const shown = one.outerHTML.slice(0, 150);
        for (const name of one.getAttributeNames())
            if (/^on/i.test(name) || name === "srcdoc" && !one.matches(ALLOWED)) found.push(`${name} on ${shown}`);
        if (elements.includes(one.tagName.toUpperCase()) && !one.matches(ALLOWED)) found.push(shown);
        if (one.tagName === "SCRIPT" && !one.src && !/json/.test(one.type)) found.push(shown);
        if (one.tagName === "META" && /refresh/i.test(one.httpEquiv)) found.push(shown);
        for (const name of ["href", "src", "action", "formaction", "data", "xlink:href", "poster"]) {
            const address = one.getAttribute(name);
            if (address === null) continue;
            let scheme = "broken:";
            try { scheme = new URL(address, location.href).protocol; } catch {}
            if (!["http:", "https:", "mailto:", "geo:"].includes(scheme)) found.push(`${scheme} in ${shown}`);
            if (name !== "href" && new URL(address, location.href).origin !== location.origin) found.push(shown);
        }
    }
    return found;
}""".replace("ALLOWED", '".preview-frame[sandbox=allow-same-origin]"')
READERS = [
    "/", f"/articles/{SLUG}/", f"/articles/{SLUG}/history/", f"/articles/{SLUG}/revisions/1/",
    f"/articles/{SLUG}/compare/1/1/", f"/articles/{SLUG}/claims/", f"/articles/{SLUG}/cite/", f"/articles/{SLUG}/map/",
    f"/articles/{SLUG}/campaign/", f"/articles/{SLUG}/report/?at=x&text={MARKER}",
    "/search/?q=pwned", "/search/?q=script+img", "/sources/{source}/", "/articles/nothing-here/",
]  # fmt: skip
REVIEWERS = [
    f"/articles/{SLUG}/history/", f"/articles/{SLUG}/revisions/3/", f"/articles/{SLUG}/compare/1/3/?view=inline",
    f"/articles/{SLUG}/compare/1/3/?view=columns", f"/articles/{SLUG}/compare/1/3/?view=rendered",
    f"/articles/{SLUG}/compare/2/3/?view=inline", "/review/", "/review/notices/", "/review/reports/",
]  # fmt: skip
EDITORS = [
    "/admin/", "/admin/articles/article/", "/admin/articles/article/?q=pwned", "{form}", ADD,
    "/admin/articles/source/", "/admin/articles/source/{source}/change/", "/admin/articles/source/{source}/history/",
    "/admin/articles/image/", "/admin/articles/image/{image}/change/", "/admin/articles/article/?o=%22%3E%3Cscript%3E",
    "/admin/auth/user/", "/admin/password_change/",
]  # fmt: skip


def _source(text):
    line = " ".join(text.split())
    return {
        "type": "chapter", "title": text, "container-title": text, "publisher": line, "publisher-place": line,
        "author": [{"family": line, "given": line}, {"literal": line}], "volume": line, "page": line, "edition": line,
        "issued": {"literal": line}, "language": line, "genre": line, "number": line, "archive": line, "note": text,
    }  # fmt: skip


def _hostile(*, published):
    """Return the content of an article with payloads in all fields; ``published`` leaves out what stops publication."""
    lines = [one for one in LINES if not published or not ("[@" in one or "[^" in one)]
    many = [one for one in MANY if not published or not ("[@" in one or "[^" in one)]
    one = iter(lines * 9)

    def take(count):
        return [next(one) for _ in range(count)]

    rows = [{"field": "casualties", "side": place % 3 + 1, "value": text, "attribution": text[:300]}
            for place, text in enumerate(lines)]  # fmt: skip
    rows += [
        {"field": "combatant", "side": 1, "value": next(one)},
        {"field": "commander", "side": 2, "value": next(one)},
    ]
    rows += [{"field": name, "value": next(one)} for name in ("place", "result", "territory")]
    references = [{"key": f"k{place}", "source": _source(text), "pages": next(one)[:200], "quotation": text,
                   "translation": text, "remark": text} for place, text in enumerate(many[:60])]  # fmt: skip
    references += [{"key": f"t{place}", "text": text} for place, text in enumerate(lines[:60])]
    notes = [{"key": f"n{place}", "text": text} for place, text in enumerate(many[:90])]
    figures = [{"key": f"f{place}", "image": f"sha256:{'a' * 64}", "alt": text, "caption": text,
                "credit": PAYLOADS[3], "licence": PAYLOADS[0][:200], "placement": "infobox" if place == 0 else "body"}
               for place, text in enumerate(take(8))]  # fmt: skip
    marks = [f"{text} cited[@k{place % 60}][@t{place % 60}][^n{place % 90}]" for place, text in enumerate(lines)]
    body = [*marks, *many, *(f"![[f{place}]]" for place in range(1, 8))]
    return ArticleContent.from_json({
        "format": "kalbajar.article/1", "slug": SLUG, "title": f"{PAYLOADS[0]} {PAYLOADS[5]}", "part_of": SLUG + "-war",
        "event_date": "1993-04", "coordinates": {"latitude": 40.1, "longitude": 46.0},
        "short_description": next(one), "body": "\n\n".join(body), "names": [{"name": text[:200]} for text in take(40)],
        "categories": [f"Category {place} {text}"[:120] for place, text in enumerate(take(40))],
        "infobox": {"kind": "military-conflict", "rows": rows}, "notes": notes, "references": references,
        "figures": figures,
    })  # fmt: skip


@pytest.fixture
def world(live_server, editor, reviewer, administrator, superuser):
    """An article full of payloads, published, edited and submitted, with all that people can write about it."""
    for user in (editor, reviewer, administrator, superuser):
        User.objects.filter(pk=user.pk).update(first_name=PAYLOADS[3], last_name=PAYLOADS[0])
    image = picture("a", credit=PAYLOADS[3], licence=PAYLOADS[0][:200])
    content = _hostile(published=True)
    assert render(content, Links()).errors == ()
    first = record_revision(None, content, base=0, author=editor, summary=LINES[0])
    article = first.article
    publish(first, user=None)
    second = record_revision(article, content.replace(body="Short."), base=1, author=editor, summary=PAYLOADS[3])
    submit(second, user=editor, comment=PAYLOADS[3])
    return_(second, user=reviewer, comment="\n".join(LINES[:50]))
    third = record_revision(article, _hostile(published=False), base=2, author=editor, summary=PAYLOADS[5])
    submit(third, user=editor, comment="\n".join(PAYLOADS[:50]))
    for text in MANY[:25]:
        add_comment(third, user=reviewer, text=text, change="body", label=text[:100])
    protect(article, user=administrator, comment=PAYLOADS[3])
    watch(article, user=superuser)
    for text in MANY[:20]:
        ReaderReport.objects.create(
            article=article, revision=first, anchor='"><b', excerpt=text, text=text, created=timezone.now()
        )
    source = Source.objects.get(pk=first.article.references.exclude(source=None).first().source_id)
    source.set_content(SourceContent.of(_source(PAYLOADS[5])))
    record_shared_change(source, author=editor)
    return {"form": change_address(article), "source": source.pk, "image": image.pk, "article": article}


def _visit(page, world, addresses):
    """Open each address; return what is strange on any of them."""
    strange = {}
    for address in addresses:
        address = address.format(**world)
        answer = page.goto(address)
        assert answer.status in (200, 404), (address, answer.status)
        page.wait_for_load_state("load")
        if found := page.evaluate(STRANGE):
            strange[address] = found[:5]
    return strange


def _open(new_page):
    page = new_page()
    page.add_init_script(LISTEN)
    page.on("dialog", lambda dialog: dialog.accept() if dialog.type == "beforeunload" else pytest.fail("a payload ran"))
    return page


def test_nothing_runs_for_readers_and_what_was_written_is_shown(new_page, world):
    page = _open(new_page)
    assert _visit(page, world, READERS) == {}
    page.goto(f"/articles/{SLUG}/")
    assert page.inner_text("h1") == f"{PAYLOADS[0]} {PAYLOADS[5]}"
    page.hover("sup a >> nth=0")
    page.wait_for_selector(".preview")
    page.locator("#search").press_sequentially("script")
    page.locator("[role=option]").first.wait_for()
    assert page.evaluate(STRANGE) == []


def test_nothing_runs_for_reviewers(new_page, world, sign_in, reviewer):
    page = _open(new_page)
    sign_in(page, reviewer)
    assert _visit(page, world, REVIEWERS) == {}


def test_nothing_runs_at_the_desk(new_page, world, sign_in, superuser):
    page = _open(new_page)
    sign_in(page, superuser)
    assert _visit(page, world, EDITORS) == {}
    page.goto(world["form"])
    # A draft with errors comes back with all that was typed.
    page.fill("#id_slug", f"x{PAYLOADS[5]}")
    page.click("[name=_continue]")
    page.wait_for_selector(".problems")
    assert page.input_value("#id_slug") == f"x{PAYLOADS[5]}"
    assert page.evaluate(STRANGE) == []


def test_nothing_of_an_address_runs(new_page, world):
    page, names = _open(new_page), ["q", "side", "commander", "war", "year", "page", "from", "at", "text", "view"]
    for place, payload in enumerate(LINES[::5]):
        asked = urlencode(dict.fromkeys(names, payload))
        path = ("/search/", f"/articles/{SLUG}/report/", f"/articles/{SLUG}/history/", "/")[place % 4]
        assert page.goto(f"{path}?{asked}").status in (200, 404)
        assert page.evaluate(STRANGE) == [], payload
