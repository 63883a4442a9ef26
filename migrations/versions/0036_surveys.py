"""Surveys that nobody can be found in.

Revision: 0036, after 0035.
"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_KEY = sa.String(length=20)
_WORD = sa.String(length=40)
_LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
_FEWEST = 5
_QUESTIONS = ("coaching_content", "assignments", "individual_support", "overall")
_AUDIENCES = ("participants", "coaches", "municipal_coaches", "employers")
_FORMS = ("scale", "words")

_SURVEY = sa.table("survey", sa.column("id"), sa.column("organisation_id"))
_ANSWER = sa.table(
    "survey_answer",
    *(sa.column(name) for name in ("id", "survey_id", "reply_key", "question", "score")),
)
_QUESTION = sa.table(
    "survey_question",
    *(sa.column(name) for name in ("id", "organisation_id", "survey_id", "position")),
    *(sa.column(name) for name in ("standard", "form", "step")),
)
_BOX = sa.table("survey_box", sa.column("survey_id"), sa.column("replies"))
_TALLY = sa.table("survey_tally", *(sa.column(n) for n in ("question_id", "score", "replies")))


def _key() -> str:
    return "".join(secrets.choice(_LETTERS) for _each in range(20))


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(map(repr, values))})"


def _to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    ondelete = None if target == "organisation" else "CASCADE"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=ondelete)


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def upgrade() -> None:
    """Surveys get an audience, questions and a box of counts; single replies are kept no more."""
    _change_surveys()
    _make_questions()
    _make_box()
    _count_replies()
    op.drop_index("ix_survey_answer_question", table_name="survey_answer")
    op.drop_table("survey_answer")


def _change_surveys() -> None:
    with op.batch_alter_table("survey") as batch:
        batch.add_column(sa.Column("cohort_id", _KEY, nullable=True))
        batch.add_column(
            sa.Column("audience", _WORD, nullable=False, server_default="participants")
        )
        batch.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("survey") as batch:
        batch.alter_column("audience", existing_type=_WORD, server_default=None)
        batch.create_check_constraint(op.f("ck_survey_audience"), _one_of("audience", _AUDIENCES))
        batch.create_foreign_key(op.f("fk_survey_cohort_id"), "cohort", ["cohort_id"], ["id"])
        batch.create_index(op.f("ix_survey_cohort_id"), ["cohort_id"])


def _make_questions() -> None:
    table = "survey_question"
    op.create_table(
        table,
        sa.Column("id", _KEY, nullable=False),
        sa.Column("organisation_id", _KEY, nullable=False),
        sa.Column("survey_id", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("standard", _WORD, nullable=True),
        sa.Column("form", _WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("step", _KEY, nullable=True),
        _check(table, "one_text", "(standard IS NULL) <> (text IS NULL)"),
        _check(table, "standard_form", "standard IS NULL OR form = 'scale'"),
        _check(table, "question", _one_of("standard", _QUESTIONS)),
        _check(table, "answer_form", _one_of("form", _FORMS)),
        _to(table, "organisation_id", "organisation"),
        _to(table, "survey_id", "survey"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("survey_id", "position", name=op.f(f"uq_{table}_survey_id_position")),
        sa.UniqueConstraint("survey_id", "standard", name=op.f(f"uq_{table}_survey_id_standard")),
    )
    op.create_index(op.f(f"ix_{table}_step"), table, ["step"])


def _make_box() -> None:
    op.create_table(
        "survey_box",
        sa.Column("survey_id", _KEY, nullable=False),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        _check("survey_box", "replies", "replies >= 0 AND (invited IS NULL OR replies <= invited)"),
        _to("survey_box", "survey_id", "survey"),
        sa.PrimaryKeyConstraint("survey_id", name=op.f("pk_survey_box")),
    )
    op.create_table(
        "survey_tally",
        sa.Column("question_id", _KEY, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        _check("survey_tally", "score", "score BETWEEN 1 AND 5"),
        _check("survey_tally", "replies", "replies >= 0"),
        _to("survey_tally", "question_id", "survey_question"),
        sa.PrimaryKeyConstraint("question_id", "score", name=op.f("pk_survey_tally")),
    )
    op.create_table(
        "survey_ticket",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("survey_id", _KEY, nullable=False),
        _to("survey_ticket", "survey_id", "survey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_ticket")),
    )
    op.create_index(op.f("ix_survey_ticket_survey_id"), "survey_ticket", ["survey_id"])


def _count_replies() -> None:
    """Every reply of before becomes counts; a question that five answered is shown as it was."""
    db = op.get_bind()
    for survey_id, organisation_id in db.execute(sa.select(*_SURVEY.c)).all():
        of_survey = _ANSWER.c.survey_id == survey_id
        replies = db.scalar(
            sa.select(sa.func.count(sa.func.distinct(_ANSWER.c.reply_key))).where(of_survey)
        )
        db.execute(_BOX.insert().values(survey_id=survey_id, replies=replies))
        counts = db.execute(
            sa.select(_ANSWER.c.question, _ANSWER.c.score, sa.func.count())
            .where(of_survey)
            .group_by(_ANSWER.c.question, _ANSWER.c.score)
        ).all()
        found = {(question, score): count for question, score, count in counts}
        for position, standard in enumerate(_QUESTIONS, 1):
            key = _key()
            of_question = {score: found.get((standard, score), 0) for score in range(1, 6)}
            db.execute(
                _QUESTION.insert().values(
                    id=key,
                    organisation_id=organisation_id,
                    survey_id=survey_id,
                    position=position,
                    standard=standard,
                    form="scale",
                    step=_key() if sum(of_question.values()) >= _FEWEST else None,
                )
            )
            for score, count in of_question.items():
                db.execute(_TALLY.insert().values(question_id=key, score=score, replies=count))


def downgrade() -> None:
    """Replies with the same sums are made of the counts; which scores went together is not known.

    Surveys that are not of participants, own questions and own words are gone.
    """
    op.create_table(
        "survey_answer",
        sa.Column("id", _KEY, nullable=False),
        sa.Column("survey_id", _KEY, nullable=False),
        sa.Column("reply_key", _KEY, nullable=False),
        sa.Column("question", _WORD, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        _check("survey_answer", "score", "score BETWEEN 1 AND 5"),
        _check("survey_answer", "question", _one_of("question", _QUESTIONS)),
        _to("survey_answer", "survey_id", "survey"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint(
            "reply_key", "question", name=op.f("uq_survey_answer_reply_key_question")
        ),
    )
    op.create_index("ix_survey_answer_question", "survey_answer", ["survey_id", "question"])
    _spread_counts()
    for table in ("survey_ticket", "survey_tally", "survey_box", "survey_question"):
        op.drop_table(table)
    op.execute("DELETE FROM survey WHERE id NOT IN (SELECT survey_id FROM survey_answer)")
    with op.batch_alter_table("survey") as batch:
        batch.drop_constraint(op.f("ck_survey_audience"), type_="check")
        batch.drop_constraint(op.f("fk_survey_cohort_id"), type_="foreignkey")
        batch.drop_index(op.f("ix_survey_cohort_id"))
        for name in ("cohort_id", "audience", "sent_at"):
            batch.drop_column(name)


def _spread_counts() -> None:
    db = op.get_bind()
    asked = sa.text("SELECT id FROM survey WHERE audience = 'participants'")
    for (survey_id,) in db.execute(asked).all():
        replies = db.scalar(sa.select(_BOX.c.replies).where(_BOX.c.survey_id == survey_id)) or 0
        keys = [_key() for _each in range(replies)]
        counts = db.execute(
            sa.select(_QUESTION.c.standard, _TALLY.c.score, _TALLY.c.replies)
            .join(_TALLY, _TALLY.c.question_id == _QUESTION.c.id)
            .where(_QUESTION.c.survey_id == survey_id, _QUESTION.c.standard.is_not(None))
        ).all()
        given: dict[str, list[int]] = {}
        for standard, score, count in counts:
            given.setdefault(standard, []).extend([score] * count)
        for standard, scores in given.items():
            for key, score in zip(keys, scores, strict=False):
                db.execute(
                    _ANSWER.insert().values(
                        id=_key(),
                        survey_id=survey_id,
                        reply_key=key,
                        question=standard,
                        score=score,
                    )
                )
