"""Stored bytes: issued documents and uploads, encrypted, in the database."""

import hashlib
from datetime import datetime

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, load_only, mapped_column

from jobsearch.core.clock import now
from jobsearch.core.db import Base, EncryptedBytes, Key, Owned, db, personal
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.text import mark as N_

MOST_BYTES = 10 * 1024 * 1024
MEDIA_TYPES = frozenset(
    {
        "application/pdf",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/xml",
        "application/zip",
        "image/jpeg",
        "image/png",
        "text/csv",
    }
)
"""What is stored; whether the bytes are what they are said to be, the feature has checked."""


class StoredFile(Owned, Base):
    """One file as it was issued or received; it is never rendered again and never changed."""

    __tablename__ = "stored_file"

    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    media_type: Mapped[str] = mapped_column(String(80))
    size_bytes: Mapped[int]
    content: Mapped[bytes] = mapped_column(
        EncryptedBytes("stored_file.content"),
        info=personal(
            purpose="documents issued to or received from a person",
            basis="the law or consent that the document itself names",
            retention="that of the document's own row",
            sees="whoever may see the document's own row",
        ),
    )
    stored_at: Mapped[datetime]


def put(content: bytes, media_type: str) -> StoredFile:
    """Store bytes. Raises RuleBroken for a kind or a size that is not stored."""
    if media_type not in MEDIA_TYPES:
        raise RuleBroken(N_("Files of this kind are not stored."))
    if len(content) > MOST_BYTES:
        raise RuleBroken(N_("The file is larger than 10 MB."))
    file = StoredFile(
        sha256=hashlib.sha256(content).hexdigest(),
        media_type=media_type,
        size_bytes=len(content),
        content=content,
        stored_at=now(),
    )
    db.session.add(file)
    db.session.flush()
    return file


def get(file_id: str) -> StoredFile:
    """The file with its bytes, checked against its digest. Raises NotVisible."""
    file = db.session.get(StoredFile, file_id)
    if file is None or hashlib.sha256(file.content).hexdigest() != file.sha256:
        raise NotVisible
    return file


def forget(file_id: str) -> None:
    """Erase a file; what it was, the row of its document still says. Raises NotVisible."""
    statement = select(StoredFile).options(load_only(StoredFile.media_type))
    file = db.session.scalar(statement.where(StoredFile.id == file_id))
    if file is None:
        raise NotVisible
    db.session.delete(file)
    db.session.flush()
