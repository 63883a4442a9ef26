"""What the installation is told by its environment, read once and refused when unsafe."""

import json
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit


class Mode(StrEnum):
    """Where the application runs; only the demo may speak plain http."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class ConfigRefused(Exception):
    """The environment asks for something unsafe or unknown; the message says what to change."""


_LEAST_TOKEN = 16
_USUAL_FILES_MB = 10_240
_MOST_MEGABYTES = 100_000_000
_REFUSED = "failed,undelivered,undeliverable,rejected,expired"


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """How the gateway of text messages is spoken to; docs/operating-messages.md tells each.

    `url`, the values of `headers` and of `fields` may hold {to}, {text}, {sender}, {id} and
    {secret}; without `url` no text message leaves the house.
    """

    url: str = ""
    method: str = "POST"
    headers: tuple[tuple[str, str], ...] = ()
    fields: str = '{"to": "{to}", "from": "{sender}", "text": "{text}"}'
    form: bool = False
    secret: str = ""
    sender: str = ""
    id_header: str = "Idempotency-Key"
    id_field: str = "id"
    report_secret: str = ""
    report_header: str = "X-Signature"
    report_id: str = "id"
    report_state: str = "status"
    delivered: frozenset[str] = frozenset({"delivered"})
    refused: frozenset[str] = frozenset(_REFUSED.split(","))

    @classmethod
    def from_environment(cls) -> Self:
        """Read JOBSEARCH_SMS_* variables. Raises ConfigRefused for what cannot be meant."""
        usual = cls()
        return cls(
            url=_sms("URL", ""),
            method=_sms("METHOD", usual.method).upper(),
            headers=tuple(_texts("HEADERS", "{}").items()),
            fields=json.dumps(_object("FIELDS", usual.fields)),
            form=_sms("FORMAT", "json") == "form",
            secret=_secret("SECRET"),
            sender=_sms("SENDER", ""),
            id_header=_sms("ID_HEADER", usual.id_header),
            id_field=_sms("ID_FIELD", usual.id_field),
            report_secret=_secret("REPORT_SECRET"),
            report_header=_sms("REPORT_HEADER", usual.report_header),
            report_id=_sms("REPORT_ID", usual.report_id),
            report_state=_sms("REPORT_STATE", usual.report_state),
            delivered=frozenset(_sms("REPORT_DELIVERED", "delivered").lower().split(",")),
            refused=frozenset(_sms("REPORT_REFUSED", _REFUSED).lower().split(",")),
        )


@dataclass(frozen=True, slots=True)
class Config:
    """One installation's settings. Every default is safe in production."""

    mode: Mode
    instance: Path
    database_url: str
    base_url: str
    proxies: int = 0
    smtp_url: str = ""
    mail_from: str = "noreply@localhost"
    metrics_token: str = ""
    backup_to: tuple[str, ...] = ()
    sms: SmsGateway = SmsGateway()
    erasures: str = ""
    files_mb: int = _USUAL_FILES_MB

    @property
    def most_stored_bytes(self) -> int:
        """How much the files of one provider may take before nothing more is taken in."""
        return self.files_mb * 1024**2

    @property
    def erasures_path(self) -> Path:
        """The journal of erasures, which outlives a restored backup; several machines share one."""
        return Path(self.erasures) if self.erasures else self.instance / "erasures"

    @property
    def keys_path(self) -> Path:
        """The key file; it stays out of the database's backup."""
        return self.instance / "keys"

    @property
    def backup_key_path(self) -> Path:
        """The age identity that opens backups, where JOBSEARCH_BACKUP_TO names no other."""
        return self.instance / "backup-key"

    @property
    def reads_outbox(self) -> bool:
        """Whether messages are read on a page of their own, because nothing here sends them."""
        return self.mode is not Mode.PRODUCTION and not self.smtp_url

    @property
    def secure(self) -> bool:
        """Whether cookies travel over https only."""
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls) -> Self:
        """Read JOBSEARCH_* variables. Raises ConfigRefused for an unsafe production start."""
        mode = _mode(os.environ.get("JOBSEARCH_MODE", Mode.PRODUCTION))
        instance = Path(os.environ.get("JOBSEARCH_INSTANCE", "instance")).resolve()
        url = os.environ.get("JOBSEARCH_DATABASE_URL") or f"sqlite:///{instance}/jobsearch.db"
        config = cls(
            mode=mode,
            instance=instance,
            database_url=_driver(url),
            base_url=os.environ.get("JOBSEARCH_BASE_URL", "http://localhost:8000").rstrip("/"),
            proxies=_count("JOBSEARCH_PROXIES"),
            smtp_url=os.environ.get("JOBSEARCH_SMTP_URL", ""),
            mail_from=os.environ.get("JOBSEARCH_MAIL_FROM", "noreply@localhost"),
            metrics_token=os.environ.get("JOBSEARCH_METRICS_TOKEN", ""),
            backup_to=tuple(os.environ.get("JOBSEARCH_BACKUP_TO", "").replace(",", " ").split()),
            sms=SmsGateway.from_environment(),
            erasures=os.environ.get("JOBSEARCH_ERASURES_FILE", ""),
            files_mb=_megabytes("JOBSEARCH_FILES_MB", _USUAL_FILES_MB),
        )
        if config.mode is Mode.PRODUCTION:
            _check_production(config)
        return config


def _check_production(config: Config) -> None:
    """Raises ConfigRefused where something would travel unencrypted or to nobody knows whom."""
    if not config.secure:
        raise ConfigRefused(
            "Production is served over https: set JOBSEARCH_BASE_URL to the https address,"
            " or set JOBSEARCH_MODE=demo to try the application with made-up people."
        )
    if config.sms.url.startswith("http://"):
        raise ConfigRefused("Text messages travel over https: set JOBSEARCH_SMS_URL to https.")
    if not _is_sure(config.database_url):
        raise ConfigRefused(
            "PostgreSQL on another machine is spoken to over TLS with its name checked:"
            " add ?sslmode=verify-full to JOBSEARCH_DATABASE_URL (and sslrootcert=FILE where its"
            " certificate is not of a public authority)."
        )
    if config.smtp_url and urlsplit(config.smtp_url).scheme not in ("smtp", "smtps"):
        raise ConfigRefused("JOBSEARCH_SMTP_URL begins with smtp:// (STARTTLS) or smtps://.")
    if os.environ.get("FLASK_DEBUG", "0").lower() not in ("", "0", "false", "no"):
        raise ConfigRefused(
            "Production shows nobody its insides: take FLASK_DEBUG out of the environment."
        )
    token = config.metrics_token
    if token and len(token) < _LEAST_TOKEN:
        raise ConfigRefused(
            f"JOBSEARCH_METRICS_TOKEN has {_LEAST_TOKEN} characters or more, made by chance, such"
            " as by: openssl rand -hex 24"
        )


def _count(name: str) -> int:
    text = os.environ.get(name, "0")
    if not (text.isascii() and text.isdigit() and int(text) < 10):
        raise ConfigRefused(f"{name} is {text!r}; it is how many proxies of yours stand in front.")
    return int(text)


def _megabytes(name: str, usual: int) -> int:
    text = os.environ.get(name, "") or str(usual)
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_MEGABYTES):
        raise ConfigRefused(
            f"{name} is {text!r}; it is how many megabytes the files of one provider may take,"
            f" from 1 to {_MOST_MEGABYTES}."
        )
    return int(text)


def is_here(host: str | None) -> bool:
    """Whether a name, with or without a port, means this machine; a folder is a socket's."""
    name = host or ""
    name = name.partition(":")[0] if name.count(":") == 1 else name
    return name in ("", "localhost", "127.0.0.1", "::1") or name.startswith("/")


def _is_sure(url: str) -> bool:
    """Whether a database is a file, on this machine, or proves who it is."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("postgresql"):
        return True
    asked = parse_qs(parts.query)
    hosts = [parts.hostname, *asked.get("host", ())] if parts.hostname else asked.get("host", [])
    mode = asked.get("sslmode", [os.environ.get("PGSSLMODE", "")])
    return all(is_here(host) for host in hosts) or mode == ["verify-full"]


def _sms(name: str, usual: str) -> str:
    return os.environ.get(f"JOBSEARCH_SMS_{name}", usual)


def _secret(name: str) -> str:
    """A secret from its variable, or from the file that NAME_FILE names."""
    file = _sms(f"{name}_FILE", "")
    return Path(file).read_text(encoding="utf-8").strip() if file else _sms(name, "")


def _object(name: str, usual: str) -> dict[str, Any]:
    try:
        found = json.loads(_sms(name, usual))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ConfigRefused(f'JOBSEARCH_SMS_{name} is a JSON object such as {{"to": "{{to}}"}}.')
    return found


def _texts(name: str, usual: str) -> dict[str, str]:
    return {str(key): str(value) for key, value in _object(name, usual).items()}


def _mode(name: str) -> Mode:
    try:
        return Mode(name)
    except ValueError:
        known = ", ".join(Mode)
        raise ConfigRefused(f"JOBSEARCH_MODE is {name!r}; it is one of: {known}.") from None


def _driver(url: str) -> str:
    """PostgreSQL by the driver that is installed, however the address is written."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
