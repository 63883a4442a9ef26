"""Backups: one encrypted file each, made while the application runs, compared when restored.

The file is a gzip tar (manifest and database) in the age format (C2SP age-encryption.org/v1), so
any age program opens it. The installation's key file is not in it and is kept apart.
"""

import os
import tarfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pyrage import DecryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from jobsearch.config import Config
from jobsearch.core.clock import now
from jobsearch.core.crypto import keyring
from jobsearch.operating import engines
from jobsearch.operating.contents import contents_of, schema_of
from jobsearch.operating.rotation import count_by_key
from jobsearch.operating.rules import Manifest, Refused, differences, read_manifest

_ENDING = ".backup.age"
_MANIFEST, _DATABASE = "manifest.json", "database"
_COMPRESSION = 3


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and under which name the database that was there before is kept."""

    manifest: Manifest
    aside: str


def save(config: Config, folder: Path) -> tuple[Path, Manifest]:
    """Write a backup into `folder`; returns its file and what is in it. Raises Refused."""
    recipients = _recipients(config)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="backup-", dir=config.instance) as place:
        database = Path(place) / _DATABASE
        with engines.copied(config.database_url, database) as connection:
            manifest = Manifest(
                made_at=now().isoformat(timespec="seconds"),
                engine="sqlite" if engines.is_sqlite(config.database_url) else "postgresql",
                schema=schema_of(connection),
                key_numbers=tuple(sorted(count_by_key(connection))),
                tables=contents_of(connection),
            )
        (Path(place) / _MANIFEST).write_text(manifest.to_json())
        packed = _packed(Path(place))
        file = folder / f"jobsearch-{now():%Y%m%dT%H%M%S%fZ}{_ENDING}"
        _encrypt(packed, file, recipients)
    return file, manifest


def _packed(place: Path) -> Path:
    packed = place / "packed"
    with tarfile.open(packed, "w:gz", compresslevel=_COMPRESSION) as tar:
        for name in (_MANIFEST, _DATABASE):
            tar.add(place / name, arcname=name)
    return packed


def _encrypt(plain: Path, file: Path, recipients: list[x25519.Recipient]) -> None:
    partial = file.with_suffix(".partial")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out, plain.open("rb") as source:
        encrypt_io(source, out, recipients)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)


def _recipients(config: Config) -> list[x25519.Recipient]:
    """Whom the backups are for; without a setting, a key is made beside the installation."""
    if config.backup_to:
        try:
            return [x25519.Recipient.from_str(one) for one in config.backup_to]
        except RecipientError as wrong:
            raise Refused(f"JOBSEARCH_BACKUP_TO has no age recipient (age1...): {wrong}") from None
    if not config.backup_key_path.exists():
        handle = os.open(config.backup_key_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(f"{x25519.Identity.generate()}\n")
    return [one.to_public() for one in read_identities(config.backup_key_path)]


def read_identities(path: Path) -> list[x25519.Identity]:
    """The age keys of a file. Raises Refused for one that has none."""
    if not path.exists():
        raise Refused(f"There is no key file {path}: name the one that opens backups with --key.")
    lines = [line.strip() for line in path.read_text().splitlines()]
    try:
        found = [x25519.Identity.from_str(one) for one in lines if one and not one.startswith("#")]
    except IdentityError:
        found = []
    if not found:
        raise Refused(f"{path} holds no age key (AGE-SECRET-KEY-1...).")
    return found


def keep_newest(folder: Path, kept: int) -> list[Path]:
    """Remove all backups of `folder` but the newest; returns what went."""
    old = sorted(folder.glob(f"*{_ENDING}"))[:-kept]
    for one in old:
        one.unlink()
    return old


def restore(config: Config, file: Path, key: Path, *, replace: bool = False) -> Restored:
    """Put a backup back and compare all of it with what was saved. Raises Refused.

    A database that is there is kept under another name, and only where `replace` says so.
    """
    with TemporaryDirectory(prefix="restore-", dir=config.instance) as place:
        manifest, database = _unpacked(file, read_identities(key), Path(place))
        url = config.database_url
        _check_fits(manifest, url)
        aside = _make_room(url, replace=replace)
        engines.put_back(database, url)
        _compare(manifest, url)
    return Restored(manifest, aside)


def check(config: Config, file: Path, key: Path) -> Manifest:
    """Open a backup of SQLite aside and compare it with its manifest. Raises Refused."""
    with TemporaryDirectory(prefix="check-", dir=config.instance) as place:
        manifest, database = _unpacked(file, read_identities(key), Path(place))
        if manifest.engine != "sqlite":
            raise Refused(
                "A backup of PostgreSQL is checked by restoring it into an empty database:"
                " set JOBSEARCH_DATABASE_URL to one and run scripts/restore."
            )
        _compare(manifest, f"sqlite:///{database}")
    return manifest


def _unpacked(file: Path, identities: list[x25519.Identity], place: Path) -> tuple[Manifest, Path]:
    if not file.exists():
        raise Refused(f"There is no backup {file}.")
    packed = place / "packed"
    try:
        with file.open("rb") as source, packed.open("wb") as out:
            decrypt_io(source, out, identities)
    except (DecryptError, OSError) as wrong:
        raise Refused(f"{file} is not opened by that key, or is damaged: {wrong}") from None
    try:
        with tarfile.open(packed, "r:gz") as tar:
            for name in (_MANIFEST, _DATABASE):
                tar.extract(tar.getmember(name), place, filter="data")
        return read_manifest((place / _MANIFEST).read_text()), place / _DATABASE
    except (tarfile.TarError, EOFError, KeyError, ValueError, TypeError, OSError) as wrong:
        raise Refused(f"{file} is no backup of this program: {wrong}") from None


def _check_fits(manifest: Manifest, url: str) -> None:
    if (manifest.engine == "sqlite") != engines.is_sqlite(url):
        raise Refused(
            f"The backup is of {manifest.engine}, and JOBSEARCH_DATABASE_URL names another kind."
        )
    missing = sorted(set(manifest.key_numbers) - keyring().keys.keys())
    if missing:
        raise Refused(
            f"The key file lacks key {', '.join(map(str, missing))}, without which the backup's"
            " identity codes, accounts and files stay unreadable: put the old key file back first."
        )


def _make_room(url: str, *, replace: bool) -> str:
    if engines.is_empty(url):
        return ""
    if not replace:
        raise Refused("There is a database already; --replace keeps it under another name.")
    if engines.users_of(url):
        raise Refused("The database is in use: stop the web server and the scheduler first.")
    return engines.set_aside(url, f"before-{now():%Y%m%dT%H%M%SZ}")


def _compare(manifest: Manifest, url: str) -> None:
    with engines.connected(url) as connection:
        found = contents_of(connection)
    told = differences(manifest.tables, found)
    if told:
        raise Refused("What is there is not what was saved: " + "; ".join(told[:10]))
