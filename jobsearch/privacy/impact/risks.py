"""The risks to people that the service brings, what is done against each, and what shows it."""

from dataclasses import dataclass
from enum import IntEnum

from jobsearch.core.text import mark as _


class Level(IntEnum):
    """How likely or how grave something is."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


LEVELS: dict[Level, str] = {Level.LOW: _("low"), Level.MEDIUM: _("medium"), Level.HIGH: _("high")}


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing done against a risk, and the test that fails when it is no longer done."""

    words: str
    shown_by: str


@dataclass(frozen=True, slots=True)
class Risk:
    """One risk before anything is done, the measures, and what is left of it."""

    words: str
    likelihood: Level
    severity: Level
    measures: tuple[Measure, ...]
    left: Level


RISKS: tuple[Risk, ...] = (
    Risk(
        _("Somebody reads what is not hers: another job seeker, another provider, a stranger."),
        Level.MEDIUM,
        Level.HIGH,
        (
            Measure(
                _("Every address of the service is tried as everyone who may not open it."),
                "tests/web/test_strangers.py",
            ),
            Measure(
                _("Every question to the database is held to the organisations of who asks."),
                "tests/service/test_audit.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Staff look out of curiosity at people with whom they do not work."),
        Level.MEDIUM,
        Level.MEDIUM,
        (
            Measure(
                _("Every look at somebody's things is written down, refused ones too."),
                "tests/web/test_looks.py",
            ),
            Measure(_("The person herself reads who has looked."), "tests/web/test_seen_by.py"),
        ),
        Level.LOW,
    ),
    Risk(
        _("An analysis reaches the municipality without the person's permission, or after it."),
        Level.MEDIUM,
        Level.HIGH,
        (
            Measure(
                _("Nothing goes without a living permission for this text and this recipient."),
                "tests/service/test_consents.py",
            ),
            Measure(
                _("A permission taken back closes at the next request, also in the middle of one."),
                "tests/web/test_withdrawal_races.py",
            ),
            Measure(
                _("Nothing in the programme depends on giving it."),
                "tests/architecture/test_consent_is_free.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Health or other data that an employer may not have is written down."),
        Level.HIGH,
        Level.HIGH,
        (
            Measure(
                _("There is no place for it in the database."), "tests/architecture/test_tables.py"
            ),
            Measure(
                _("Words about health are pointed out before an analysis is shown."),
                "tests/rules/test_analysis_checks.py",
            ),
        ),
        Level.MEDIUM,
    ),
    Risk(
        _("Somebody signs in as another."),
        Level.MEDIUM,
        Level.HIGH,
        (
            Measure(
                _("Staff need a second factor, and it is asked for again before sensitive acts."),
                "tests/service/test_second_factors.py",
            ),
            Measure(
                _("Codes work once and wrong tries are slowed."), "tests/service/test_codes.py"
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Whoever looks after the service reads people's data."),
        Level.MEDIUM,
        Level.HIGH,
        (
            Measure(
                _(
                    "An operator's pages show nobody; to look takes a reason, lasts an hour,"
                    " changes nothing and is told to the managers at once."
                ),
                "tests/web/test_break_glass.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Wages are wrong, or go to an account that is not the person's."),
        Level.MEDIUM,
        Level.HIGH,
        (
            Measure(
                _("One person makes a pay run and another approves it."),
                "tests/service/test_pay_runs.py",
            ),
            Measure(
                _("A new bank account holds only when the person has proved it."),
                "tests/service/test_pay_details.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Data is kept longer than it is needed."),
        Level.MEDIUM,
        Level.MEDIUM,
        (
            Measure(
                _("What is over is erased every night, by the provider's own months."),
                "tests/service/test_keeping.py",
            ),
            Measure(
                _("Every column says how long it is kept."), "tests/architecture/test_tables.py"
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Data is lost, or somebody reads a backup."),
        Level.LOW,
        Level.HIGH,
        (
            Measure(
                _("Backups are encrypted, and restoring compares every table with what was saved."),
                "tests/service/test_backups.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Somebody is recognised in results of a small group."),
        Level.MEDIUM,
        Level.MEDIUM,
        (
            Measure(
                _("Groups under five are hidden, also where other figures would give them away."),
                "tests/rules/test_small_numbers.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("The group's openness puts somebody under pressure."),
        Level.MEDIUM,
        Level.MEDIUM,
        (
            Measure(
                _("Everyone chooses how the group sees her, and changes it when she wants."),
                "tests/web/test_openness.py",
            ),
        ),
        Level.MEDIUM,
    ),
    Risk(
        _("A message tells somebody else of the person."),
        Level.MEDIUM,
        Level.MEDIUM,
        (
            Measure(
                _("Messages say that something waits, not what; each goes to one address."),
                "tests/service/test_messages.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("A rule or a count decides about a person."),
        Level.LOW,
        Level.HIGH,
        (
            Measure(
                _("Selection is decided by people, by criteria that are written down."),
                "tests/service/test_selection.py",
            ),
            Measure(
                _("Alerts only ask a coach to have a word, and end by her judgement."),
                "tests/service/test_alerts.py",
            ),
        ),
        Level.LOW,
    ),
    Risk(
        _("Somebody changes the record of who did what."),
        Level.LOW,
        Level.HIGH,
        (
            Measure(
                _("The database refuses it, and a nightly check of the sealed chain finds it."),
                "tests/service/test_trail.py",
            ),
        ),
        Level.LOW,
    ),
)

NECESSITY: tuple[str, ...] = (
    _("Each column says why it is kept; what nobody needs has no column."),
    _("Identity code and bank account are asked for when a person is employed, not before."),
    _("The municipality gets the analysis only, and only by the person's permission."),
    _("Answers to surveys are kept as counts that belong to nobody."),
    _("No decision about a person is made by the program alone."),
)
