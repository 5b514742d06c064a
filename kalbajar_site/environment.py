"""Settings from the environment: strict reading, so that a mistyped value stops the start instead of being guessed."""

import getpass
import os
import re
import secrets
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url
from django.conf import locale
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.module_loading import import_string
from django.utils.translation import to_locale

_LOCALES = Path(locale.__file__).parent
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
_HOST = r"[\w.-]+|\[[\da-fA-F:.]+(?:%[\w.-]+)?\]"
_ORIGIN = re.compile(rf"https?://(?:{_HOST})(?::\d+)?", re.IGNORECASE)
_MAILBOX = re.compile(r"[^<>@\r\n]*<[^<>@\s,]+@[^<>@\s,]+>|[^<>@\s,]+@[^<>@\s,]+")
_SHORTEST_SECRET = 32
ON = {"1", "true", "yes", "on"}
OFF = {"", "0", "false", "no", "off"}


def flag(name: str) -> bool:
    """Return whether the variable is on; unset is off."""
    value = os.environ.get(name, "").strip().lower()
    if value not in ON | OFF:
        raise ImproperlyConfigured(f"{name} is {value!r}; use 1 (on) or 0 (off).")
    return value in ON


def number(name: str, default: int, *, least: int, most: int) -> int:
    """Return the variable as a whole number from ``least`` to ``most``; unset or empty is ``default``."""
    value = os.environ.get(name, "").strip() or str(default)
    # Of some thousands of digits Python makes no number, and nobody means one of more than 20.
    if not re.fullmatch(r"[0-9]{1,20}", value) or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a whole number from {least} to {most}.")
    return int(value)


def words(name: str) -> list[str]:
    """Return the variable's parts, separated by commas or spaces; unset is none."""
    return os.environ.get(name, "").replace(",", " ").split()


def host(name: str, default: str) -> str:
    """Return the variable as a name or an address to listen on, one of IPv6 without brackets; unset is ``default``."""
    value = os.environ.get(name) or default
    if not _is_origin(f"http://[{value}]" if ":" in value else f"http://{value}"):
        raise ImproperlyConfigured(f"{name} is {value!r}; use a bare name or address: 127.0.0.1, 0.0.0.0 or ::1.")
    return value


def hosts(name: str) -> list[str]:
    """Return the variable's names of hosts; unset is none."""
    found = words(name)
    if wrong := [one for one in found if not re.fullmatch(rf"{_HOST}|\*", one)]:
        raise ImproperlyConfigured(f"{name} has {wrong[0]!r}; use bare names such as battles.example.org, no address.")
    return found


def folder(name: str, default: Path) -> Path:
    """Return the variable as a folder, made where it is not there yet, for its owner alone; unset is ``default``."""
    value = os.environ.get(name) or default
    if str(value).startswith("~"):
        raise ImproperlyConfigured(f"{name} is {value!r}, and ~ means no folder here; write the whole path.")
    path = Path(value).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: {path} cannot be made or is no folder ({error.strerror}). Name one that {user()} may write."
        ) from None
    return path


def database(name: str, default: Path) -> dict:
    """Return Django's settings for the database at the variable's URL; unset is SQLite in the file ``default``."""
    url = os.environ.get(name)
    if not url:
        # Never through a URL: a # or ? in the name of a folder would end it there, and %20 be a blank.
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default), "CONN_MAX_AGE": None}
    try:
        if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
            raise ValueError
        found = dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)
        # A relative file would be another in every folder, and one in memory another in every process.
        if not (Path(found["NAME"]).is_absolute() if url.startswith("sqlite") else _names_a_database(found)):
            raise ValueError
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must look like postgres://user:password@host:5432/name or, with four slashes, "
            "sqlite:////folder/file; "
            "signs such as # or / in a password are written %23 and %2F."
        ) from None
    if not url.startswith("sqlite"):
        # A machine that does not answer, now or in the midst of a question, is told soon, and not after minutes.
        patience = {"connect_timeout": 5, "keepalives_idle": 10, "keepalives_interval": 3, "keepalives_count": 3,
                    "tcp_user_timeout": 20_000,
                    # Nor does anybody wait long for a row that somebody holds: six who do would hold up everybody.
                    "options": "-c lock_timeout=5s"}  # fmt: skip
        found["OPTIONS"] = patience | found.get("OPTIONS", {})
    return found


def _names_a_database(found: dict) -> bool:
    return bool(found["NAME"] or found.get("OPTIONS", {}).get("service"))


def language(name: str, default: str) -> str:
    """Return the variable as the code of a language that Django speaks, in small letters; unset is ``default``."""
    code = os.environ.get(name, "").strip().lower().replace("_", "-") or default
    spoken = [code, code.partition("-")[0]]
    if not _LANGUAGE.fullmatch(code) or not any((_LOCALES / to_locale(one)).is_dir() for one in spoken):
        raise ImproperlyConfigured(f"{name} is {code!r}, which is no language known here; use a code such as en or de.")
    return code


def user() -> str:
    """Return the name of the user that this process runs as, for messages."""
    try:
        return f"the user {getpass.getuser()}"
    except (KeyError, OSError):
        return f"the user {os.getuid()}"


def origin(name: str, default: str) -> SplitResult:
    """Return the variable as the parts of an address that has scheme and host only; unset is ``default``."""
    value = (os.environ.get(name) or default).rstrip("/")
    if not _is_origin(value):
        # Not its value, which may hold a password.
        raise ImproperlyConfigured(f"{name} must look like https://battles.example.org, {_NO_MORE}.")
    return urlsplit(value)


def origins(name: str) -> list[str]:
    """Return the variable's origins, also ``https://*.example.org`` for all below a host; unset is none."""
    found = [one.rstrip("/") for one in words(name)]
    wrong = [place for place, one in enumerate(found, 1) if not _is_origin(one.replace("://*.", "://", 1))]
    if wrong:
        raise ImproperlyConfigured(f"{name}: origin {wrong[0]} must look like https://a.example.org, {_NO_MORE}.")
    return found


_NO_MORE = "with a port where it needs one, and no user or path"


def _is_origin(value: str) -> bool:
    return bool(_ORIGIN.fullmatch(value)) and bool((parts := _split(value)) and parts.hostname)


def _split(url: str) -> SplitResult | None:
    """Return the parts of an address, None if it is none or its port is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port > 0 else None
    except ValueError:
        return None


def cache(url: str) -> dict:
    """Return Django's settings for the cache at ``url``: empty for one in each process, else ``redis://…``."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    # Nothing waits long for what can be made anew.
    patience = {"socket_timeout": 1, "socket_connect_timeout": 1}
    # By its name: a site without this cache need not load it.
    pool = import_string("redis.ConnectionPool")
    try:
        # As Django does at the first question, several servers too; this connects to none.
        for one in re.split("[;,]", url):
            if not getattr(pool.from_url(one, **patience).make_connection(), "path", one):
                raise ValueError
    except (ValueError, TypeError, AttributeError):
        # Not the words of the error: it may tell a piece of the password.
        raise ImproperlyConfigured(
            "CACHE_URL must be empty or look like redis://:password@host:6379/0, rediss://… or unix:///folder/socket, "
            "with no options but those of redis-py; signs such as # or / in a password are written %23 and %2F."
        ) from None
    return {"BACKEND": "kalbajar_site.shared_cache.SharedCache", "LOCATION": url, "OPTIONS": patience}


def mail(url: str) -> dict:
    """Return Django's settings for the mail server at ``url``; without one the site sends no mail.

    ``smtp://`` is plain, for a server on the same machine; ``smtp+tls://`` starts TLS, ``smtps://`` is TLS throughout.
    """
    parts = _split(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if url and not (parts and parts.scheme in ports and parts.hostname):
        raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://user:password@mail.example.org.")
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or ports.get(parts.scheme, 0),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 10,
    }


def sender(name: str, default: str) -> str:
    """Return the variable as the address that mail comes from, with or without a name; unset is ``default``."""
    value = os.environ.get(name, "").strip()
    if value and not _MAILBOX.fullmatch(value):
        raise ImproperlyConfigured(f"{name} is {value!r}; use an address: me@example.org or My Name <me@example.org>.")
    return value or default


def secret(name: str, path: Path) -> str:
    """Return the variable as a secret of some length; unset is the one kept in ``path``."""
    value = os.environ.get(name, "")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        # Bytes that are no letters, which sign nothing: whoever logs in would be the first to learn of it.
        raise ImproperlyConfigured(f"{name} is not UTF-8 text; use {_SHORTEST_SECRET} random letters and digits.")
    if value and len(value) < _SHORTEST_SECRET:
        raise ImproperlyConfigured(f"{name} is too short; use {_SHORTEST_SECRET} random characters or more, or none.")
    if value:
        return value
    try:
        value = secret_key(path)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret key cannot be read or written in {path} ({error.strerror}). Let {user()} own DATA_DIR."
        ) from None
    if len(value) < _SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"The secret key in {path} is empty or too short. Remove the file: the next start makes a new one, and "
            "everybody logs in anew."
        )
    return value


def secret_key(path: Path) -> str:
    """Return the key kept in ``path``, making it first if there is none; several processes may start at once."""
    if not path.exists():
        # Written aside and linked into place: nobody can read half a key, and the first of two makers wins.
        draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(get_random_secret_key() + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
