"""Invitations, settings of organisations, and the closing of accounts.

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_person = sa.table("person", sa.column("id"), sa.column("email"), sa.column("organisation_id"))


def upgrade() -> None:
    """One e-mail address, one person."""
    _write_addresses_in_one_spelling()
    op.create_index("uq_person_email", "person", ["email", "organisation_id"], unique=True)


def downgrade() -> None:
    """An address may belong to several people again."""
    op.drop_index("uq_person_email", table_name="person")


def _write_addresses_in_one_spelling() -> None:
    """Addresses in small letters; who has one that is another's too keeps none of her own.

    Which of the two is meant, only the provider knows: the person stays, with her phone number.
    """
    bind = op.get_bind()
    bind.execute(sa.update(_person).values(email=sa.func.lower(sa.func.trim(_person.c.email))))
    bind.execute(sa.update(_person).where(_person.c.email == "").values(email=None))
    other = _person.alias("other")
    earlier = sa.exists().where(
        other.c.email == _person.c.email,
        other.c.organisation_id == _person.c.organisation_id,
        other.c.id < _person.c.id,
    )
    bind.execute(sa.update(_person).where(earlier).values(email=None))
