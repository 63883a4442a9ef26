"""Tables whose rows are never changed or removed: the database itself refuses it."""

from typing import Any

from sqlalchemy import DDL, event


def append_only(table: Any, over: str = "") -> None:
    """Refuse update and delete of a table's rows by trigger, on both engines.

    `over` is a condition on OLD, in SQL that both engines know: a row of which it holds has had
    its time and may be deleted.
    """
    name = table.name
    for verb in ("UPDATE", "DELETE"):
        unless = f"WHEN NOT coalesce({over}, 0) " if over and verb == "DELETE" else ""
        event.listen(
            table,
            "after_create",
            DDL(
                f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} {unless}"
                f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
            ).execute_if(dialect="sqlite"),
        )
    allowed = f"IF TG_OP = 'DELETE' AND ({over}) THEN RETURN OLD; END IF; " if over else ""
    event.listen(
        table,
        "after_create",
        DDL(
            f"CREATE OR REPLACE FUNCTION {name}_append_only() RETURNS trigger AS $$ "
            f"BEGIN {allowed}RAISE EXCEPTION '{name} is append-only'; END $$ LANGUAGE plpgsql"
        ).execute_if(dialect="postgresql"),
    )
    event.listen(
        table,
        "after_create",
        DDL(
            f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON {name} "
            f"FOR EACH ROW EXECUTE FUNCTION {name}_append_only()"
        ).execute_if(dialect="postgresql"),
    )
