"""What the installation is told by its environment, read once and refused when unsafe."""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self


class Mode(StrEnum):
    """Where the application runs; only the demo may speak plain http."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class ConfigRefused(Exception):
    """The environment asks for something unsafe or unknown; the message says what to change."""


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

    @property
    def keys_path(self) -> Path:
        """The key file; it stays out of the database's backup."""
        return self.instance / "keys"

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
            proxies=int(os.environ.get("JOBSEARCH_PROXIES", "0")),
            smtp_url=os.environ.get("JOBSEARCH_SMTP_URL", ""),
            mail_from=os.environ.get("JOBSEARCH_MAIL_FROM", "noreply@localhost"),
        )
        if config.mode is Mode.PRODUCTION and not config.secure:
            raise ConfigRefused(
                "Production is served over https: set JOBSEARCH_BASE_URL to the https address,"
                " or set JOBSEARCH_MODE=demo to try the application with made-up people."
            )
        return config


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
