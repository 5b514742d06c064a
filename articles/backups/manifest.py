"""The manifest of a backup: what lies in it, and whether that is still what was written."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

NAME = "manifest.json"
FORMAT = "kalbajar.backup/1"
_PIECE = 1024 * 1024
_MOST_TOLD = 20
_NAMES = "surrogateescape"
"""How Python holds names of files that are not UTF-8: somebody may have laid one among the pictures."""


class Damaged(Exception):
    """A backup cannot be made or restored; ``str()`` says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Manifest:
    """``files`` maps names in the folder to [SHA-256, size]; ``counts`` maps tables to their number of rows."""

    database: str
    """``sqlite`` or ``postgresql``."""
    created: str
    files: dict
    counts: dict

    def write(self, folder):
        """Write the manifest, with a digest of itself, as the last file of the backup."""
        facts = {"format": FORMAT} | asdict(self)
        text = json.dumps(facts | {"digest": _digest(facts)}, indent=1, sort_keys=True, ensure_ascii=False)
        (folder / NAME).write_text(text + "\n", encoding="utf-8", errors=_NAMES)
        flush(folder / NAME)

    @classmethod
    def read(cls, folder):
        """Return the manifest of the backup in ``folder``; raise ``Damaged`` if it is not as it was written."""
        path = Path(folder) / NAME
        try:
            if not path.is_file():  # to read from a pipe would wait for ever
                raise FileNotFoundError
            facts = json.loads(path.read_text(encoding="utf-8", errors=_NAMES))
            digest = facts.pop("digest")
            if facts.pop("format") != FORMAT or digest != _digest({"format": FORMAT} | facts):
                raise ValueError
            manifest = cls(**facts)
            if {type(manifest.files), type(manifest.counts)} != {dict}:
                raise TypeError
            if any(len(one) != 2 for one in manifest.files.values()):
                raise ValueError
            return manifest
        except FileNotFoundError:
            raise Damaged(f"{folder} is no backup: it has no {NAME}.") from None
        except OSError as error:
            raise Damaged(f"{path} cannot be read: {error.strerror}. Nothing is told of the backup by that.") from None
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Damaged(f"{path} is damaged: it is not as it was written. Use another backup.") from None

    def check_files(self, folder, tell):
        """Raise ``Damaged`` with the name of every file that is missing or another than it was."""
        found = []
        for number, (name, (digest, size)) in enumerate(sorted(self.files.items()), 1):
            tell(f"checked {number:,} of {len(self.files):,} files")
            path = folder / name
            if not _is_plain(name):
                found.append(f"{name}: lies outside of the backup")
            elif not path.is_file():
                found.append(f"{name}: is missing")
            elif path.stat().st_size != size or digest_of(path) != digest:
                found.append(f"{name}: is damaged")
        if found:
            more = [f"… and {len(found) - _MOST_TOLD} more"] if len(found) > _MOST_TOLD else []
            raise Damaged("\n".join(["The backup is damaged; use another one.", *found[:_MOST_TOLD], *more]))

    def check_counts(self, counts):
        """Raise ``Damaged`` with every table whose number of rows is another than it was."""
        found = [
            f"{table}: {counts.get(table, 'no table')} rows instead of {self.counts.get(table, 'no table')}"
            for table in sorted(self.counts.keys() | counts.keys())
            if counts.get(table) != self.counts.get(table)
        ]
        if found:
            raise Damaged("\n".join(["The database is not what was backed up; use another backup.", *found]))


def digest_of(path):
    """Return the SHA-256 of a file, in hexadecimal."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy(path, target):
    """Copy a file, through to the disk, and return its [SHA-256, size]: one reading does for both."""
    digest, size = hashlib.sha256(), 0
    target.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "rb") as source, open(target, "xb") as copied:
        while piece := source.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            copied.write(piece)
        copied.flush()
        os.fsync(copied.fileno())
    return [digest.hexdigest(), size]


def flush(path):
    """Have a file or a folder's list of names written to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _is_plain(name):
    """Tell whether a name leads to a place below the backup, and is written in the one way that says so."""
    # A second slash would be gone from the file that is read here and make an absolute path of the rest of the name.
    path = PurePosixPath(name)
    return path.as_posix() == name and not path.is_absolute() and ".." not in path.parts


def _digest(facts):
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode(errors=_NAMES)).hexdigest()
