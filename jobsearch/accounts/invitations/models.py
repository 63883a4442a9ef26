"""The table of invitations."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.members.rules import InvitationState
from jobsearch.accounts.models import Account
from jobsearch.core.access import Role
from jobsearch.core.db import Audited, Base, Key, Versioned, enum_type, personal
from jobsearch.organisations.models import Organisation

_INVITED = personal(
    purpose="to invite somebody to work in the organisation, and to show who invited her",
    basis="legitimate interest (GDPR art. 6(1)(f)); act 906/2019 section 17",
    retention="two years after it was answered, taken back or forgotten",
    sees="manager of the organisation, operator",
)
_OPEN: ColumnElement[bool] = literal_column("state = 'open'")


class Invitation(Audited, Versioned, Base):
    """One person asked to take one role in one organisation; she answers it, or nobody does."""

    __tablename__ = "invitation"
    __table_args__ = (
        # she is asked once at a time
        Index(
            "uq_invitation_open",
            "email",
            "role",
            "organisation_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        # expired is no state of its own but follows from the time
        CheckConstraint("state <> 'expired'", name="never_kept_as_expired"),
        CheckConstraint("(state = 'open') = (settled_at IS NULL)", name="settled"),
        CheckConstraint("(state = 'accepted') = (account_id IS NOT NULL)", name="accepted_by"),
        CheckConstraint("expires_at > sent_at", name="lives"),
        CheckConstraint("role <> 'participant'", name="no_participant"),
    )

    id: Mapped[Key]
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    inviting_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), info=_INVITED)
    name: Mapped[str] = mapped_column(String(120), info=_INVITED)
    role: Mapped[Role] = mapped_column(enum_type(Role), info=_INVITED)
    language: Mapped[str] = mapped_column(String(2), info=_INVITED)
    state: Mapped[InvitationState] = mapped_column(
        enum_type(InvitationState), default=InvitationState.OPEN, info=_INVITED
    )
    invited_by_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    invited_at: Mapped[datetime] = mapped_column(info=_INVITED)
    sent_at: Mapped[datetime] = mapped_column(info=_INVITED)
    times_sent: Mapped[int] = mapped_column(default=1, info=_INVITED)
    expires_at: Mapped[datetime] = mapped_column(info=_INVITED)
    settled_at: Mapped[datetime | None] = mapped_column(info=_INVITED)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id"), index=True)

    organisation: Mapped[Organisation] = relationship(
        lazy="raise", foreign_keys="Invitation.organisation_id"
    )
    inviting: Mapped[Organisation] = relationship(
        lazy="raise", foreign_keys="Invitation.inviting_id"
    )
    invited_by: Mapped[Account] = relationship(
        lazy="raise", foreign_keys="Invitation.invited_by_id"
    )
