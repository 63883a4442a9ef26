"""Tables of what is offered: programmes, pay terms and templates."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from jobsearch.core.db import Base, Key, Owned, Versioned, enum_type
from jobsearch.core.money import Money
from jobsearch.core.text import Words
from jobsearch.programmes.rules import Aim, BlockKind, TemplateMode

__all__ = [
    "BlockKind",
    "PayTerms",
    "Programme",
    "Template",
    "TemplateBlock",
    "TemplateDay",
    "TemplateResource",
]


class Template(Owned, Versioned, Base):
    """A fixed day programme of three weeks; frozen once a cohort uses it."""

    __tablename__ = "template"
    __table_args__ = (UniqueConstraint("name", "edition", "organisation_id"),)

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(String(80))
    edition: Mapped[int] = mapped_column(default=1)
    mode: Mapped[TemplateMode] = mapped_column(
        enum_type(TemplateMode), default=TemplateMode.EMPLOYED
    )
    frozen_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]

    days: Mapped[list["TemplateDay"]] = relationship(
        lazy="raise", order_by="TemplateDay.position", cascade="all, delete-orphan"
    )


class TemplateDay(Owned, Base):
    """One working day of a template: its place in the order, its week and its paid minutes."""

    __tablename__ = "template_day"
    __table_args__ = (
        UniqueConstraint("template_id", "position"),
        CheckConstraint("paid_minutes BETWEEN 1 AND 600", name="paid_minutes"),
        CheckConstraint("weekday BETWEEN 0 AND 4", name="weekday"),
    )

    id: Mapped[Key]
    template_id: Mapped[str] = mapped_column(ForeignKey("template.id", ondelete="CASCADE"))
    position: Mapped[int]
    week: Mapped[int]
    weekday: Mapped[int]
    starts_minute: Mapped[int] = mapped_column(default=540)
    paid_minutes: Mapped[int]
    title: Mapped[Words]

    blocks: Mapped[list["TemplateBlock"]] = relationship(
        lazy="raise", order_by="TemplateBlock.position", cascade="all, delete-orphan"
    )


class TemplateBlock(Owned, Base):
    """One block of a day's agenda: kind, length, what participants read, what the coach notes."""

    __tablename__ = "template_block"
    __table_args__ = (
        UniqueConstraint("template_day_id", "position"),
        CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[Key]
    template_day_id: Mapped[str] = mapped_column(ForeignKey("template_day.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[BlockKind] = mapped_column(enum_type(BlockKind))
    minutes: Mapped[int]
    text: Mapped[Words]
    aim: Mapped[Aim | None] = mapped_column(enum_type(Aim))
    notes: Mapped[str] = mapped_column(Text, default="")

    resources: Mapped[list["TemplateResource"]] = relationship(
        lazy="raise", order_by="TemplateResource.position", cascade="all, delete-orphan"
    )


class TemplateResource(Owned, Base):
    """A link or a file that belongs to a block; participants open it on the day."""

    __tablename__ = "template_resource"
    __table_args__ = (
        UniqueConstraint("template_block_id", "position"),
        CheckConstraint("(url IS NULL) <> (file_id IS NULL)", name="one"),
    )

    id: Mapped[Key]
    template_block_id: Mapped[str] = mapped_column(
        ForeignKey("template_block.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    url: Mapped[str | None] = mapped_column(String(400))
    file_id: Mapped[str | None] = mapped_column(ForeignKey("stored_file.id"))


class Programme(Owned, Versioned, Base):
    """What a provider offers: a name, a template and dated pay terms."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("code", "organisation_id"),)

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Helsinki")
    follow_up_months: Mapped[int] = mapped_column(default=3)
    template_id: Mapped[str] = mapped_column(ForeignKey("template.id"))

    template: Mapped[Template] = relationship(lazy="raise")
    pay_terms: Mapped[list["PayTerms"]] = relationship(
        lazy="raise", order_by="PayTerms.valid_from", cascade="all, delete-orphan"
    )


class PayTerms(Owned, Base):
    """What the programme pays from a day on: hourly wage, allowance and outcome bonus."""

    __tablename__ = "pay_terms"
    __table_args__ = (
        UniqueConstraint("programme_id", "valid_from"),
        CheckConstraint("hourly_wage > 0", name="hourly_wage"),
        CheckConstraint("allowance >= 0 AND outcome_bonus >= 0", name="not_negative"),
    )

    id: Mapped[Key]
    programme_id: Mapped[str] = mapped_column(ForeignKey("programme.id", ondelete="CASCADE"))
    valid_from: Mapped[date]
    hourly_wage: Mapped[Money]
    allowance: Mapped[Money]
    outcome_bonus: Mapped[Money]
    agreement: Mapped[str] = mapped_column(String(120))
