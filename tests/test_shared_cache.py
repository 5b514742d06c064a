"""The cache that servers share, in a real Redis: one that is full, silent, gone or spoilt harms nobody."""

import shutil
import signal
import subprocess
import time

import pytest
import redis
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient
from django.urls import reverse

from articles.models import ReaderReport
from kalbajar_site import environment
from kalbajar_site.shared_cache import SharedCache

from .articles_for_tests import edit, make_article
from .ports import free_ports
from .test_reader_reports import ADDRESS, filled

REDIS = shutil.which("redis-server")

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not REDIS, reason="needs redis-server")]


class Server:
    """A Redis of its own."""

    def __init__(self, folder):
        (self.port,) = free_ports(1)
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
        self.process = subprocess.Popen([REDIS, *options], stdout=subprocess.DEVNULL)
        self.client = redis.Redis(port=self.port)
        deadline = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def _answers(self):
        try:
            return self.client.ping()
        except redis.ConnectionError:
            return False

    def spoil(self, words, value):
        """Put ``value`` in the place of all that is kept under a key with ``words`` in it; tell how much that was."""
        keys = list(self.client.scan_iter(f"*{words}*"))
        for key in keys:
            self.client.set(key, value)
        return len(keys)

    def stop(self):
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()


@pytest.fixture
def server(tmp_path, settings, monkeypatch):
    server = Server(tmp_path)
    monkeypatch.setattr(SharedCache, "_asked_again", 0)
    monkeypatch.setattr(SharedCache, "_complained", SharedCache._complained)
    settings.CACHES = {"default": environment.cache(f"redis://127.0.0.1:{server.port}/0")}
    cache.own.clear()
    yield server
    server.stop()


@pytest.fixture
def asked(monkeypatch):
    """Return a list that grows with each question to Redis."""
    asked, get_client = [], RedisCacheClient.get_client

    def noted(self, key=None, **options):
        asked.append(key)
        return get_client(self, key, **options)

    monkeypatch.setattr(RedisCacheClient, "get_client", noted)
    return asked


@pytest.fixture
def article():
    return make_article(body="A text.", categories=["Battles of Kalbajar"])


def send_reports(client, count, address="192.0.2.7"):
    """Send so many reports from one address and return the statuses of the answers."""
    fields = filled(client)
    return [client.post(ADDRESS, fields, REMOTE_ADDR=address).status_code for _ in range(count)]


@pytest.mark.parametrize("value", [b"garbage", b"", b"\x80\x05K\x05.", b"5", b"\x80\x05cnowhere\nnothing\n."])
def test_a_spoilt_value_is_made_anew(client, article, server, value):
    assert "Battles of Kalbajar" in client.get("/").content.decode()
    assert server.spoil("largest-categories", value) == 1
    for _ in range(2):
        assert "Battles of Kalbajar" in client.get("/").content.decode()
    assert value not in [server.client.get(key) for key in server.client.scan_iter("*largest-categories*")]


@pytest.mark.parametrize("value", [b"garbage", b"5"])
def test_what_came_meanwhile_is_told_though_its_words_are_spoilt(client, superuser, article, server, value):
    edit(article, body="Another text.")
    client.force_login(superuser, "django.contrib.auth.backends.ModelBackend")
    asked = [reverse("admin:articles_article_beat", args=[article.pk]), {"base": 1}]
    told = client.get(*asked).json()["newer"]["summary"]
    assert server.spoil("meanwhile", value) == 1
    assert client.get(*asked).json()["newer"]["summary"] == told != ""


def test_many_values_are_read_though_one_is_spoilt(server):
    cache.set_many({"a": [1], "b": [2]})
    assert server.spoil("a", b"garbage") == 1
    assert cache.get_many(["a", "b", "c"]) == {"b": [2]}


def test_a_full_cache_lets_nobody_send_more(client, article, server):
    server.client.config_set("maxmemory", 1)
    assert send_reports(client, 8) == [302] * 6 + [429] * 2
    assert send_reports(client, 1, "192.0.2.8") == [302]


def test_a_cache_that_fills_up_meanwhile_lets_nobody_begin_anew_without_end(client, article, server):
    assert send_reports(client, 3) == [302] * 3
    server.client.config_set("maxmemory", 1)
    assert send_reports(client, 8) == [302] * 6 + [429] * 2


def test_a_spoilt_count_goes_on(client, article, server):
    send_reports(client, 1)
    assert server.spoil("report", b"garbage") == 2
    assert send_reports(client, 8) == [302] * 6 + [429] * 2


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
def test_a_cache_that_does_not_answer_is_left_alone_for_a_while(client, article, server, asked, monkeypatch, number):
    assert client.get("/").status_code == 200
    server.process.send_signal(number)
    asked.clear()
    # The moment of the pause is as long as this test takes, on the busiest machine.
    monkeypatch.setattr("kalbajar_site.shared_cache._LEFT_ALONE", 600)
    for _ in range(3):
        assert "Battles of Kalbajar" in client.get("/").content.decode()
    assert send_reports(client, 8) == [302] * 6 + [429] * 2
    assert ReaderReport.objects.count() == 6
    assert len(asked) == 1
    monkeypatch.setattr(SharedCache, "_asked_again", 0)
    client.get("/")
    assert len(asked) == 2


def test_a_cache_that_comes_back_is_used_again(client, article, server, asked, monkeypatch):
    server.process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr("kalbajar_site.shared_cache._LEFT_ALONE", 600)
    client.get("/")
    server.process.send_signal(signal.SIGCONT)
    monkeypatch.setattr(SharedCache, "_asked_again", 0)
    client.get("/")
    assert list(server.client.scan_iter("*largest-categories*"))
