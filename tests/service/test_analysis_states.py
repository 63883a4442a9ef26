"""The states of an analysis, over every pair and in any order: nothing opens without a permission.

The machine drives the real services on a real database; what must open it works out by itself, in
plain Python, from what was done.
"""

import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from jobsearch.accounts.models import Account, Membership
from jobsearch.analyses import queries, service
from jobsearch.analyses.models import Analysis
from jobsearch.analyses.paper import OFFICE
from jobsearch.analyses.releases import service as releases
from jobsearch.analyses.releases.queries import open_paper
from jobsearch.analyses.rules import NEXT, Act, AnalysisState, SectionKey, next_state
from jobsearch.consents.service import link_coach
from jobsearch.core.clock import now, today
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.errors import NotVisible, RuleBroken
from jobsearch.core.periods import add_months
from jobsearch.core.scope import whole_installation
from tests.world import World
from tests.written import at_a, begin, write

pytestmark = pytest.mark.usefixtures("context")
PROPER = {"mia": "mia@example.org", "nils": "nils@example.org"}


@dataclass
class Given:
    """A permission as the machine remembers it: to whom, at which address, for which bytes."""

    release_id: str
    to: str
    paper: bytes
    valid_to: date
    is_withdrawn: bool = False


@dataclass
class Stage:
    """What the machine plays on: the world, units of work, and the clock."""

    as_: Callable[..., object]
    world: World
    clock: object
    lay: Callable[[], None]
    met: Counter[str] = field(default_factory=Counter)
    """What the orders came to: how often a paper opened, and why not where it did not."""


class Decisions(RuleBasedStateMachine):
    """Anybody does anything in any order, also what is not to be done now."""

    stage: Stage

    @initialize(is_shown=st.booleans(), is_given=st.booleans())
    def begin(self, is_shown: bool, is_given: bool) -> None:
        """A fresh database in which Pia's analysis was begun; Mia is her municipal coach.

        By chance alone an order of a few acts seldom comes to a permission, so some begin with it.
        """
        self.stage.lay()
        self.as_, self.world = self.stage.as_, self.stage.world
        self.key = begin(self.as_, self.world)
        self.given: list[Given] = []
        self.coach, self.works = "mia", {"mia": True, "nils": True}
        self.addresses = dict(PROPER)
        self.texts = 0
        if is_shown or is_given:
            self.write(SectionKey.WORKED, False)
            self.show()
        if is_given:
            self.consent(3, False)

    def _try(self, member, act: Callable[..., object], *values: object) -> bool:
        """Do it as this member; False when a rule says no."""
        try:
            with self.as_(member):
                act(member.actor, *values)
        except (RuleBroken, NotVisible):
            return False
        return True

    @rule(key=st.sampled_from([SectionKey.WORKED, SectionKey.NEEDED]), hers=st.booleans())
    def write(self, key: SectionKey, hers: bool) -> None:
        self.texts += 1
        member = self.world.pia if hers else self.world.stig
        write(self.as_, member, self.key, {key: f"text {self.texts}"})

    @rule()
    def write_own(self) -> None:
        self.texts += 1
        write(self.as_, self.world.pia, self.key, {SectionKey.OWN_WORDS: f"text {self.texts}"})

    @rule()
    def show(self) -> None:
        self._try(self.world.stig, service.show_to_participant, self.key)

    @rule(key=st.sampled_from([SectionKey.WORKED, SectionKey.NEEDED]), out=st.booleans())
    def choose(self, key: SectionKey, out: bool) -> None:
        act = service.leave_out_section if out else service.take_back_section
        self._try(self.world.pia, act, key)

    @rule(months=st.sampled_from([1, 3, 12]), stale=st.booleans())
    def consent(self, months: int, stale: bool) -> None:
        """She agrees to the paper before her; or to one that is not (`stale`), which is refused."""
        pia, until = self.world.pia, add_months(today(), months)
        try:
            with self.as_(pia):
                own = queries.get_own_analysis(pia.actor)
                paper = OFFICE.render(queries.decision_sheet(pia.actor, own, until)).pdf
            with self.as_(pia):
                seen = hashlib.sha256(b"else" if stale else paper).hexdigest()
                made = releases.consent_to_release(pia.actor, until, seen, OFFICE)
                release_id, recipient_id = made.id, made.recipient_id
        except (RuleBroken, NotVisible):
            return
        assert not stale, "a paper that she has not seen went out"
        assert recipient_id == getattr(self.world, self.coach).account_id
        self._withdraw_all()  # a new permission ends the one before
        self.given.append(Given(release_id, self.coach, paper, until))

    @rule()
    def decline(self) -> None:
        self._try(self.world.pia, releases.decline)

    @rule()
    def withdraw(self) -> None:
        if self._try(self.world.pia, releases.withdraw):
            self._withdraw_all()

    @rule(who=st.sampled_from(["stig", "mia", "otto"]))
    def another_decides(self, who: str) -> None:
        """Nobody else gives, declines or takes back; whoever tries is refused."""
        member = getattr(self.world, who)
        assert not self._try(member, releases.withdraw)
        assert not self._try(member, releases.decline)
        assert not self._try(member, releases.consent_to_release, None, "0" * 64, OFFICE)

    @rule()
    def coach_sends(self) -> None:
        """A coach's wish to send sends nothing."""
        assert not self._try(self.world.stig, releases.send, self.key)

    @rule(days=st.sampled_from([1, 29, 31, 93, 366]))
    def time_passes(self, days: int) -> None:
        self.stage.clock.shift(timedelta(days=days))

    @rule(to=st.sampled_from(["mia", "nils"]))
    def coach_is_moved(self, to: str) -> None:
        if self.works[to] and self._try(
            self.world.stig, link_coach, self.world.pia.person_id, self.addresses[to]
        ):
            self.coach = to

    @rule(who=st.sampled_from(["mia", "nils"]), works=st.booleans())
    def membership_changes(self, who: str, works: bool) -> None:
        member = getattr(self.world, who)
        with unit_of_work(whole_installation("test")):
            row = db.session.get(Membership, member.actor.membership_id)
            row.ended_at = None if works else now()
        self.works[who] = works

    @rule(who=st.sampled_from(["mia", "nils"]), changed=st.booleans())
    def address_changes(self, who: str, changed: bool) -> None:
        """Her account has another address; sign-ins are still those by a code to the first one."""
        address = f"{who}@elsewhere.example" if changed else PROPER[who]
        with unit_of_work(whole_installation("test")):
            db.session.get(Account, getattr(self.world, who).account_id).email = address
        self.addresses[who] = address

    def _withdraw_all(self) -> None:
        for one in self.given:
            one.is_withdrawn = True

    def _should_open(self, one: Given, who: str) -> bool:
        lives = not one.is_withdrawn and today() <= one.valid_to
        hers = one.to == who == self.coach and self.works[who]
        return lives and hers and self.addresses[who] == PROPER[who]

    @invariant()
    def nothing_opens_but_what_she_lets(self) -> None:
        """For every release and every municipal coach: opens exactly when the model says so."""
        for one in getattr(self, "given", ()):
            for who in ("mia", "nils"):
                member = at_a(self.world, getattr(self.world, who))
                try:
                    with self.as_(member):
                        opened, paper = open_paper(member.actor, one.release_id)
                        assert opened.release_id == one.release_id
                except NotVisible:
                    paper = None
                expected = one.paper if self._should_open(one, who) else None
                assert paper == expected, (one.to, who)
                self.stage.met[self._why(one, who)] += 1

    def _why(self, one: Given, who: str) -> str:
        """Why a paper opens to somebody or does not: the first reason of several."""
        if one.to != who:
            return "another's"
        if one.is_withdrawn:
            return "taken back"
        return "opens" if self._should_open(one, who) else "too late, moved or gone"


@pytest.fixture
def stage(as_, world, clock, bench) -> Stage:
    """Where the machine plays."""
    began = now()

    def lay() -> None:
        clock.move_to(began)
        bench.lay()

    return Stage(as_, world, clock, lay)


@pytest.mark.timeout(600)
def test_whatever_the_order_nothing_opens_without_a_live_permission(stage) -> None:
    machine = type("Played", (Decisions,), {"stage": stage})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=16,
            stateful_step_count=14,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert stage.met.keys() == {"opens", "another's", "taken back", "too late, moved or gone"}


# --- every pair -------------------------------------------------------------------------------


def _put(as_, world, key: str, state: AnalysisState) -> None:
    with as_(world.stig):
        analysis = db.session.get(Analysis, key)
        analysis.state, analysis.edition = state, 1


@pytest.mark.parametrize("state", AnalysisState)
@pytest.mark.parametrize("act", Act)
def test_every_pair_of_state_and_act_is_in_the_table_or_refused(state, act) -> None:
    if (state, act) in NEXT:
        assert next_state(state, act) is NEXT[state, act]
    else:
        with pytest.raises(RuleBroken):
            next_state(state, act)


def test_only_consent_leads_to_what_is_released() -> None:
    assert {act for (_state, act), to in NEXT.items() if to is AnalysisState.RELEASED} == {
        Act.CONSENT
    }
    assert (AnalysisState.DRAFT, Act.CONSENT) not in NEXT


@pytest.mark.parametrize("state", AnalysisState)
def test_in_no_state_does_anything_open_without_a_release(as_, world, state) -> None:
    """Even a row that says released opens nothing where no consent and release stand behind it."""
    key = begin(as_, world)
    _put(as_, world, key, state)
    mia = at_a(world, world.mia)
    with as_(mia), pytest.raises(NotVisible):
        open_paper(mia.actor, key)
    with as_(world.stig):
        shown = queries.show(world.stig.actor, queries.get_analysis(world.stig.actor, key))
        assert shown.release is None and shown.state is not AnalysisState.RELEASED
    with pytest.raises(RuleBroken), as_(world.stig):
        releases.send(world.stig.actor, key)
