"""The decision and the release of an analysis.

Revision: 0031, after 0030.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

_WAYS = ("code", "link", "password", "authenticator", "recovery_code", "passkey", "provider")


@contextmanager
def _changeable(table: str) -> Iterator[None]:
    """Lay down the triggers that refuse every change, and lay them again after."""
    is_sqlite = op.get_context().dialect.name == "sqlite"
    verbs = ("UPDATE", "DELETE")
    if is_sqlite:
        for verb in verbs:
            op.execute(f"DROP TRIGGER {table}_no_{verb.lower()}")
    else:
        op.execute(f"DROP TRIGGER {table}_append_only ON {table}")
    yield
    if is_sqlite:
        for verb in verbs:
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_append_only()"
    )


def upgrade() -> None:
    """To which address a consent lets go, how it was given; whereto a sign-in's code went.

    Old consents name the address that their recipient has now. How they were given is told by
    their sign-in, where it is still there. Sign-ins of before do not say where their code went.
    """
    with _changeable("consent"):
        with op.batch_alter_table("consent") as batch:
            batch.add_column(sa.Column("recipient_address", sa.String(length=254), nullable=True))
            batch.add_column(
                sa.Column(
                    "given_by",
                    sa.Enum(
                        *_WAYS, name="way", native_enum=False, create_constraint=True, length=40
                    ),
                    nullable=True,
                )
            )
        op.execute(
            "UPDATE consent SET recipient_address = COALESCE((SELECT account.email FROM account "
            "WHERE account.id = consent.recipient_id), ''), given_by = (SELECT sign_in.way FROM "
            "sign_in WHERE sign_in.id = consent.sign_in_id)"
        )
        with op.batch_alter_table("consent") as batch:
            batch.alter_column(
                "recipient_address", existing_type=sa.String(length=254), nullable=False
            )
    with op.batch_alter_table("release") as batch:
        batch.add_column(sa.Column("sha256", sa.String(length=64), nullable=True))
    op.execute(
        "UPDATE release SET sha256 = (SELECT stored_file.sha256 FROM stored_file "
        "WHERE stored_file.id = release.file_id)"
    )
    with op.batch_alter_table("release") as batch:
        batch.alter_column("sha256", existing_type=sa.String(length=64), nullable=False)
    op.add_column("sign_in", sa.Column("address_digest", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Forget the addresses, the ways and the digests."""
    op.drop_column("sign_in", "address_digest")
    op.drop_column("release", "sha256")
    with _changeable("consent"), op.batch_alter_table("consent") as batch:
        batch.drop_constraint(op.f("ck_consent_way"), type_="check")
        batch.drop_column("given_by")
        batch.drop_column("recipient_address")
