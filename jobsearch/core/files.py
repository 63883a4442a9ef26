"""Stored bytes: issued documents and uploads, encrypted, in the database."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, String, func, select
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


_FULL = N_(
    "The provider's room for files is full: this file was not saved. Tell the manager. There is "
    "room again when old files have been taken away or the room has been made larger."
)


class StoredFile(Owned, Base):
    """One file as it was issued or received; it is never rendered again and never changed."""

    __tablename__ = "stored_file"
    __table_args__ = (Index("ix_stored_file_room", "size_bytes", "organisation_id"),)

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


_quota: list[int] = []


def use_quota(most_bytes: int) -> None:
    """From now on the files of one organisation may take so many bytes."""
    _quota[:] = [most_bytes]


@dataclass(frozen=True, slots=True)
class Room:
    """What the files of an organisation take, and what they may take, in bytes."""

    taken: int
    most: int

    @property
    def percent(self) -> int:
        """How full it is, rounded down."""
        return self.taken * 100 // self.most


def room() -> Room:
    """The room of the organisation in scope; one sum over an index, which reads no file."""
    taken = db.session.scalar(select(func.coalesce(func.sum(StoredFile.size_bytes), 0)))
    return Room(int(taken or 0), _quota[0])


def take_in(content: bytes, media_type: str) -> StoredFile:
    """Store what somebody brings, as long as there is room.

    What the house itself issues is `put`: a payslip has to be made, however full it is. Raises
    RuleBroken on `file` for what has no room, and as `put` does.
    """
    there = room()
    if there.taken + len(content) > there.most:
        raise RuleBroken(_FULL, field="file")
    return put(content, media_type)


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
