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
from django.utils.translation import to_locale

_LOCALES = Path(locale.__file__).parent
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*")
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
    if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}; use a whole number from {least} to {most}.")
    return int(value)


def words(name: str) -> list[str]:
    """Return the variable's parts, separated by commas or spaces; unset is none."""
    return os.environ.get(name, "").replace(",", " ").split()


def hosts(name: str) -> list[str]:
    """Return the variable's names of hosts; unset is none."""
    found = words(name)
    if wrong := [one for one in found if not re.fullmatch(r"[\w.-]+|\*|\[[\da-fA-F:.]+\]", one)]:
        raise ImproperlyConfigured(f"{name} has {wrong[0]!r}; use bare names such as battles.example.org, no address.")
    return found


def folder(name: str, default: Path) -> Path:
    """Return the variable as a folder, made where it is not there yet, for its owner alone; unset is ``default``."""
    path = Path(os.environ.get(name) or default).resolve()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name}: {path} cannot be made or is no folder ({error.strerror}). Name one that {user()} may write."
        ) from None
    return path


def database(name: str, default: str) -> dict:
    """Return Django's settings for the database at the variable's URL; unset is ``default``."""
    url = os.environ.get(name) or default
    try:
        if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
            raise ValueError
        found = dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must look like postgres://user:password@host:5432/name or sqlite:////folder/file; "
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
    parts = urlsplit((os.environ.get(name) or default).rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise ImproperlyConfigured(f"{name} must look like https://battles.example.org, without a path.")
    return parts


def cache(url: str) -> dict:
    """Return Django's settings for the cache at ``url``: empty for one in each process, else ``redis://…``."""
    if not url:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if url.startswith(("redis://", "rediss://", "unix://")):
        # Nothing waits long for what can be made anew.
        patience = {"socket_timeout": 1, "socket_connect_timeout": 1}
        return {"BACKEND": "kalbajar_site.shared_cache.SharedCache", "LOCATION": url, "OPTIONS": patience}
    raise ImproperlyConfigured("CACHE_URL must be empty or start with redis://, rediss:// or unix://.")


def mail(url: str) -> dict:
    """Return Django's settings for the mail server at ``url``; without one the site sends no mail.

    ``smtp://`` is plain, for a server on the same machine; ``smtp+tls://`` starts TLS, ``smtps://`` is TLS throughout.
    """
    parts = urlsplit(url)
    ports = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if url and (parts.scheme not in ports or not parts.hostname or not _has_a_port_or_none(parts)):
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


def _has_a_port_or_none(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def secret(name: str, path: Path) -> str:
    """Return the variable as a secret of some length; unset is the one kept in ``path``."""
    value = os.environ.get(name, "")
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
