"""Tables of consent: what may be shared with whom; append-only."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.accounts.models import Account
from jobsearch.accounts.rules import Way
from jobsearch.consents.rules import ConsentPurpose
from jobsearch.core.append_only import append_only
from jobsearch.core.db import Base, Key, Owned, enum_type, personal

_CONSENT = personal(
    purpose="proof of what the person allowed, to whom and until when",
    basis="GDPR art. 7(1); act on privacy in working life 759/2004 section 4",
    retention="while the data is used and a claims period after",
    sees="the person, coach, the named recipient",
)


class CoachLink(Owned, Base):
    """Who is whose municipal coach, from a day on; it shows her nothing by itself."""

    __tablename__ = "coach_link"
    __table_args__ = (
        # nobody has two municipal coaches without an end, whoever names one at the same time
        Index(
            "uq_coach_link_open",
            "person_id",
            unique=True,
            sqlite_where=literal_column("valid_to IS NULL"),
            postgresql_where=literal_column("valid_to IS NULL"),
        ),
        Index("ix_coach_link_person", "person_id"),
        Index("ix_coach_link_account", "account_id"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    municipality_id: Mapped[str] = mapped_column(ForeignKey("organisation.id"))
    valid_from: Mapped[date] = mapped_column(info=_CONSENT)
    # of a link that ends and begins again on one day the later one opens nothing of before
    began_at: Mapped[datetime | None] = mapped_column(info=_CONSENT)
    valid_to: Mapped[date | None] = mapped_column(info=_CONSENT)

    account: Mapped[Account] = relationship(lazy="raise")


class Consent(Owned, Base):
    """One consent, given by the person's own act: what for, what of hers, to whom, until when.

    A row is never changed; a withdrawal is a row of its own. `recipient_address` is the e-mail
    address that it opens to; `given_by` how she had signed in, unknown of some old ones. The first
    editions of the words had no line of `scope`.
    """

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("valid_to >= given_on", name="validity"),
        Index("ix_consent_person", "person_id", "purpose"),
        Index("ix_consent_recipient", "recipient_id", "valid_to"),
    )

    id: Mapped[Key]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    recipient_id: Mapped[str] = mapped_column(ForeignKey("account.id"))
    recipient_name: Mapped[str] = mapped_column(String(120), info=_CONSENT)
    recipient_organisation: Mapped[str] = mapped_column(String(120), info=_CONSENT)
    recipient_address: Mapped[str] = mapped_column(String(254), info=_CONSENT)
    purpose: Mapped[ConsentPurpose] = mapped_column(enum_type(ConsentPurpose), info=_CONSENT)
    subject_id: Mapped[str | None] = mapped_column(String(20), index=True, info=_CONSENT)
    subject_version: Mapped[int | None] = mapped_column(info=_CONSENT)
    wording_edition: Mapped[str] = mapped_column(String(20), info=_CONSENT)
    wording_language: Mapped[str] = mapped_column(String(2), info=_CONSENT)
    wording: Mapped[str] = mapped_column(Text, info=_CONSENT)
    scope: Mapped[str] = mapped_column(Text, default="", info=_CONSENT)
    given_at: Mapped[datetime] = mapped_column(info=_CONSENT)
    given_on: Mapped[date] = mapped_column(info=_CONSENT)
    valid_to: Mapped[date] = mapped_column(info=_CONSENT)
    sign_in_id: Mapped[str] = mapped_column(String(20), info=_CONSENT)
    given_by: Mapped[Way | None] = mapped_column(enum_type(Way), info=_CONSENT)

    recipient: Mapped[Account] = relationship(lazy="raise")
    withdrawal: Mapped["ConsentWithdrawal | None"] = relationship(lazy="raise")


class ConsentWithdrawal(Owned, Base):
    """The person took a consent back; from this instant on it opens nothing."""

    __tablename__ = "consent_withdrawal"

    id: Mapped[Key]
    consent_id: Mapped[str] = mapped_column(ForeignKey("consent.id"), unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime] = mapped_column(info=_CONSENT)


class ProofEnd(Owned, Base):
    """From this note on a provider's consents that ended before a day need no proof any more.

    The database lets go of those rows alone, so no proof goes without a note that stays.
    """

    __tablename__ = "proof_end"
    __table_args__ = (CheckConstraint("ended_before < noted_on", name="past"),)

    id: Mapped[Key]
    ended_before: Mapped[date]
    noted_on: Mapped[date]


_OVER = (
    "(SELECT max(proof_end.ended_before) FROM proof_end "
    "WHERE proof_end.organisation_id = OLD.organisation_id)"
)
append_only(Consent.metadata.tables["consent"], over=f"OLD.valid_to < {_OVER}")
append_only(
    ConsentWithdrawal.metadata.tables["consent_withdrawal"],
    over=(
        "EXISTS (SELECT 1 FROM consent WHERE consent.id = OLD.consent_id "  # noqa: S608
        f"AND consent.valid_to < {_OVER})"
    ),
)
append_only(ProofEnd.metadata.tables["proof_end"])
