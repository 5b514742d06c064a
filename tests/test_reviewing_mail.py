"""Mail about reviews: who gets which, and that nobody waits for it or loses more than one to a mistake."""

import socket
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.policy import default
from runpy import run_path
from threading import Thread
from time import sleep
from types import SimpleNamespace

import pytest

from articles import allowance
from articles.reviewing import add_comment, approve, resolve_comment, return_, submit, tell_watchers, watch
from articles.reviewing.mail import post
from kalbajar_site.unfinished import unfinished

from .articles_for_tests import edit, make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def submitted(editor):
    """Return an article whose second revision, by the editor, waits for review."""
    article = make_article(body="One.")
    submit(edit(article, author=editor, body="Two."), user=editor)
    return article


def test_mail_goes_to_the_authors_where_the_site_has_mail(
    submitted, editor, reviewer, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example"
    editor.email = "editor@example.org"
    editor.save()
    for text in ("Whose?", "When?", "Answered."):
        comment = add_comment(submitted.revisions.newest(), user=reviewer, text=text)
    resolve_comment(comment, user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        return_(submitted.revisions.newest(), user=reviewer, comment="Cite the figure.")
    post.wait()
    (mail,) = mailoutbox
    assert mail.to == ["editor@example.org"]
    assert "reviewer returned revision 2 of “Battle of Kalbajar”:\n\nCite the figure.\n" in mail.body
    assert "2 comments are open." in mail.body
    assert f"{settings.SITE_URL}/articles/battle-of-kalbajar/compare/1/2/\n" in mail.body
    assert f"{settings.SITE_URL}/admin/articles/article/{submitted.pk}/change/\n" in mail.body


def test_mail_about_what_readers_never_saw_leads_to_its_own_page(
    editor, reviewer, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example"
    editor.email = "editor@example.org"
    editor.save()
    draft = make_article(author=editor, published=False)
    submit(draft.revisions.newest(), user=editor)
    with django_capture_on_commit_callbacks(execute=True):
        return_(draft.revisions.newest(), user=reviewer, comment="Cite the figure.")
    post.wait()
    (mail,) = mailoutbox
    assert f"{settings.SITE_URL}/articles/battle-of-kalbajar/revisions/1/\n" in mail.body
    assert "open" not in mail.body


def test_mail_tells_authors_and_watchers_what_was_published_and_changed(
    submitted, editor, reviewer, make_user, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example"
    watcher = make_user("watcher", "Editors", email="watcher@example.org")
    editor.email = "editor@example.org"
    editor.save()
    watch(submitted, user=watcher)
    with django_capture_on_commit_callbacks(execute=True):
        approve(submitted.revisions.newest(), user=reviewer, comment="Well done.")
        tell_watchers(edit(submitted, author=editor, body="Three.", summary="Better"))
    post.wait()
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["editor@example.org"], "Published: Battle of Kalbajar"),
        (["watcher@example.org"], "Changed: Battle of Kalbajar"),
    ]
    assert "is published.\n\nreviewer said:\n\nWell done.\n" in mailoutbox[0].body


def test_who_does_not_see_the_desk_any_more_gets_no_mail_of_drafts(
    editor, reviewer, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example"
    draft = make_article(author=editor, published=False)
    for person in (editor, reviewer):
        person.email = f"{person}@example.org"
        person.save()
        watch(draft, user=person)
    editor.groups.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tell_watchers(edit(draft, body="Two."))
    post.wait()
    assert [mail.to for mail in mailoutbox] == [["reviewer@example.org"]]


def test_nobody_waits_for_a_mail_server_that_says_nothing(
    submitted, editor, reviewer, settings, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    editor.email = "editor@example.org"
    editor.save()
    own = type(post)()
    monkeypatch.setattr("articles.reviewing.mail.post", own)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.EMAIL_BACKEND = "kalbajar_site.mail_server.MailServer"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 5
        with django_capture_on_commit_callbacks(execute=True):
            return_(submitted.revisions.newest(), user=reviewer, comment="Cite the figure.")
        assert "mail not sent" not in caplog.messages, "it was given up before the reviewer could go on"
        with django_capture_on_commit_callbacks(execute=True):
            edit(submitted, author=editor, body="Three.")
            submit(submitted.revisions.newest(), user=editor)
            return_(submitted.revisions.newest(), user=reviewer, comment="The other figure too.")
    own.wait()
    told = [record.message for record in caplog.records if record.name == "articles.reviewing.mail"]
    assert told == ["mail not sent", "mail not sent, since the server failed just now"]


def test_a_process_with_mail_to_send_does_not_end_of_its_own_accord(
    submitted, editor, reviewer, settings, monkeypatch, django_capture_on_commit_callbacks
):
    editor.email = "editor@example.org"
    editor.save()
    monkeypatch.setattr(allowance, "_counts_until", 0.0)
    own = type(post)()
    monkeypatch.setattr("articles.reviewing.mail.post", own)
    monkeypatch.setattr("kalbajar_site.unfinished.post", own)
    assert not unfinished()
    with socket.create_server(("127.0.0.1", 0)) as slow:
        settings.EMAIL_BACKEND = "kalbajar_site.mail_server.MailServer"
        settings.EMAIL_HOST, settings.EMAIL_PORT = slow.getsockname()
        with django_capture_on_commit_callbacks(execute=True):
            return_(submitted.revisions.newest(), user=reviewer, comment="Cite the figure.")
        assert unfinished()
        slow.accept()[0].close()
    own.wait()
    assert not unfinished()


@contextmanager
def serving(settings, serve):
    """Let ``serve(listener)`` be the mail server."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve, args=[listener], daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "kalbajar_site.mail_server.MailServer"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
        settings.EMAIL_TIMEOUT = 5
        yield
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


@pytest.fixture
def dripping(settings):
    """Set the site up with a mail server whose greeting never ends, though a letter of it comes all the time."""

    def serve(listener):
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                with line, suppress(OSError):
                    while True:
                        line.sendall(b"2")
                        sleep(0.05)

    with serving(settings, serve):
        yield


@pytest.mark.parametrize("way", ["plain", "TLS from the first byte"])
def test_a_mail_server_that_talks_without_end_is_given_up(
    submitted, editor, reviewer, dripping, settings, caplog, monkeypatch, django_capture_on_commit_callbacks, way
):
    settings.EMAIL_USE_SSL = way != "plain"
    monkeypatch.setattr("kalbajar_site.mail_server.SECONDS", 1)
    editor.email = "editor@example.org"
    editor.save()
    own = type(post)()
    monkeypatch.setattr("articles.reviewing.mail.post", own)
    with django_capture_on_commit_callbacks(execute=True):
        return_(submitted.revisions.newest(), user=reviewer, comment="Cite the figure.")
    waiting = Thread(target=own.wait, daemon=True)
    waiting.start()
    waiting.join(4)
    assert not own.is_busy()
    assert "mail not sent" in caplog.messages


def test_what_is_lost_when_the_server_ends_is_logged(
    submitted, editor, make_user, dripping, settings, caplog, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("kalbajar_site.mail_server.SECONDS", 2)
    for name in "abc":
        watch(submitted, user=make_user(name, "Editors", email=f"{name}@example.org"))
    own = type(post)()
    monkeypatch.setattr("articles.reviewing.mail.post", own)
    for body in ("Three.", "Four."):
        with django_capture_on_commit_callbacks(execute=True):
            tell_watchers(edit(submitted, author=editor, body=body))
    conf = run_path(str(settings.BASE_DIR / "kalbajar_site/gunicorn.conf.py"))
    conf["worker_exit"].__globals__["_MOMENT_FOR_MAIL"] = 0.1
    conf["worker_exit"](SimpleNamespace(app=SimpleNamespace(app_uri=conf["wsgi_app"])), None)
    (told,) = [record for record in caplog.records if record.message == "mail not sent before the server ended"]
    assert told.mails == 6
    own.wait()
    assert not own.is_busy()


def test_a_title_is_not_read_as_letters_of_mail(
    submitted, editor, make_user, settings, mailoutbox, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST = "mail.example"
    watch(submitted, user=make_user("a", "Editors", email="a@example.org"))
    with django_capture_on_commit_callbacks(execute=True):
        tell_watchers(edit(submitted, author=editor, title="=?utf-8?q?free_money?="))
    post.wait()
    subject = message_from_bytes(mailoutbox[0].message().as_bytes(), policy=default)["Subject"]
    assert subject.replace("\N{WORD JOINER}", "") == "Changed: =?utf-8?q?free_money?="


@pytest.fixture
def mail_server(settings):
    """Set the site up with a mail server that takes everything; return the list of what it was told."""
    told = []

    def serve(listener):
        with suppress(OSError):
            while True:
                line, _ = listener.accept()
                with line, line.makefile("rwb", buffering=0) as talk:
                    talk.write(b"220 here\r\n")
                    for said in talk:
                        told.append(said.decode().strip())
                        if said[:4].upper() == b"DATA":
                            talk.write(b"354 go on\r\n")
                            # The mail itself is answered once, at its end.
                            while talk.readline() not in (b".\r\n", b""):
                                pass
                        hello = said[:4].upper() == b"EHLO"
                        talk.write(b"250-here\r\n250 AUTH PLAIN\r\n" if hello else b"250 good\r\n")

    with serving(settings, serve):
        yield told


def test_an_address_that_cannot_be_written_costs_one_mail(
    submitted, editor, make_user, mail_server, caplog, django_capture_on_commit_callbacks
):
    for name, address in (("a", "a@example.org"), ("b", f"b@{'ü' * 60}.de"), ("c", "c@example.org")):
        watch(submitted, user=make_user(name, "Editors", email=address))
    own = type(post)()
    with pytest.MonkeyPatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr("articles.reviewing.mail.post", own)
        tell_watchers(edit(submitted, author=editor, body="Three."))
    own.wait()
    told = {told for told in mail_server if told.startswith("rcpt TO")}
    assert told == {"rcpt TO:<a@example.org>", "rcpt TO:<c@example.org>"}
    assert "mail not sent" in caplog.text


def test_a_password_that_the_mail_server_cannot_be_told_is_logged(
    submitted, editor, make_user, mail_server, settings, caplog, django_capture_on_commit_callbacks
):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", "ä"
    watch(submitted, user=make_user("a", "Editors", email="a@example.org"))
    own = type(post)()
    with pytest.MonkeyPatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr("articles.reviewing.mail.post", own)
        tell_watchers(edit(submitted, author=editor, body="Three."))
    own.wait()
    assert "mail not sent" in caplog.text
    assert "rcpt" not in " ".join(mail_server)
