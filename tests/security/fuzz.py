"""Fills every form of every role with hostile values, and reads every page again afterwards.

`python -m tests.security.fuzz --inputs 10000` writes the figures that docs/security.md keeps;
JOBSEARCH_TEST_ENGINE says on which engine.
"""

import argparse
import logging
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import sqlalchemy as sa
import time_machine
from werkzeug.test import TestResponse

from jobsearch.accounts.models import SignIn
from jobsearch.accounts.rules import Stage
from jobsearch.core.access import may
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from jobsearch.core.tokens import digest, new_key
from jobsearch.standup.following import KEPT
from tests.addresses import DOWNLOADS, filled, pages_of
from tests.conftest import Bench
from tests.furnished import Furnished, furnish
from tests.pages import PageClient, client_of
from tests.postgres import ENGINE, server_url
from tests.security.forms import Form, forms_of, links_of
from tests.security.hostile import body_of, filled_in, worst
from tests.security.judging import faults_of, roles_of, rows_of_two_organisations
from tests.world import NOW, Member

_MOST_LINKED = 60  # pages behind links that are read again for one person
_AT_ONCE = 1_000  # inputs of one person before the world is laid anew
_QUERIES = ("page", "sort", "q", "on", "from", "to", "month", "year", "week", "next", "as_of")


@dataclass
class Figures:
    """What was sent and what came of it."""

    inputs: int = 0
    pages: int = 0
    forms: int = 0
    seconds: list[float] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    findings: dict[str, str] = field(default_factory=dict)

    @property
    def p95(self) -> float:
        """How long 95 of 100 inputs took at most, in seconds."""
        ordered = sorted(self.seconds)
        return ordered[int(len(ordered) * 0.95)] if ordered else 0.0

    def __str__(self) -> str:
        answers = ", ".join(f"{code}: {count}" for code, count in sorted(self.answers.items()))
        longest = max(self.seconds, default=0.0)
        told = "".join(f"\n  {fault}\n    {how}" for fault, how in self.findings.items())
        return (
            f"{self.inputs} inputs in {self.forms} forms ({answers}); p95 {self.p95:.3f} s, longest"
            f" {longest:.2f} s; {self.pages} pages read again; findings: {len(self.findings)}{told}"
        )


class _Failures(logging.Handler):
    """Keeps what the application says of its last failure."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the failure with the place where it happened."""
        error = record.exc_info[1] if record.exc_info else None
        lines = traceback.format_exception(error) if error else [record.getMessage()]
        own = [line for line in lines if "/jobsearch/" in line]
        self.last = (own[-1] if own else "").strip() + " | " + lines[-1].strip()[:300]


class Mischief:
    """One world, and whoever in it means no good."""

    def __init__(self, bench: Bench, seed: int) -> None:
        self.bench, self.app, self.world = bench, bench.app, bench.world
        self.chance, self.figures, self.failures = random.Random(seed), Figures(), _Failures()
        self.furnished = Furnished({})
        b = bench.world.b
        ids = [b.organisation_id, b.programme_id, b.template_id, *b.cohort_ids]
        self.foreign = [*ids, *b.enrolment_ids.values(), bench.world.bo.person_id, new_key(), "1"]

    def lay(self) -> None:
        """The world as it was, with everything of Pia's in it."""
        KEPT.clear()
        self.bench.lay()
        with self.app.app_context():
            self.furnished = furnish(self.world)

    def run(self, names: tuple[str, ...], inputs: int, *, together: bool = False) -> None:
        """So many inputs, shared among these people; then everyone reads everything again.

        `together`: in one world, each after the other, which is sooner done.
        """
        log = logging.getLogger("jobsearch")
        log.addHandler(self.failures)
        log.propagate = False
        try:
            share = inputs // len(names)
            if together:
                self._play(dict.fromkeys(names, share), links=0)
                return
            for name in names:
                for begun in range(0, share, _AT_ONCE):
                    self._play({name: min(share - begun, _AT_ONCE)}, links=_MOST_LINKED)
        finally:
            log.removeHandler(self.failures)
            log.propagate = True

    def _play(self, shares: dict[str, int], links: int) -> None:
        self.lay()
        with self.app.app_context():
            before = {name: self._roles(name) for name in shares}
        forms = {name: self._forms(name) for name in shares}
        self.figures.forms += sum(map(len, forms.values()))
        for name, inputs in shares.items():
            for _one in range(inputs):
                self._mistreat(name, self.chance.choice(forms[name]))
        self._look_around(before)
        for reader in ("", *self.world.cast) if links else shares:
            if reader:
                self._let_in_again(self.world.cast[reader])
            self._read_all(reader, links)

    def _roles(self, name: str) -> set[tuple[str, str]]:
        return roles_of(self.world.cast[name].account_id) if name else set()

    def _forms(self, name: str) -> list[Form]:
        """Every form of this person's pages, each once."""
        found: dict[object, Form] = {}
        for address in self._addresses(name, downloads=False):
            answer = self._open(name, address)
            if answer is not None and answer.mimetype == "text/html" and answer.data:
                for form in forms_of(address, answer.get_data(as_text=True)):
                    found.setdefault(form.shape, form)
        return sorted(found.values(), key=lambda form: (form.page, str(sorted(form.shape[2]))))

    def _addresses(self, name: str, *, downloads: bool) -> list[str]:
        member = self.world.cast[name] if name else None
        with self.app.app_context():
            pages = list(pages_of(self.app, member.actor if member else None, self.furnished))
            return [*pages, *(self._files(member) if downloads else ())]

    def _files(self, member: Member | None) -> Iterator[str]:
        for rule in self.app.url_map.iter_rules():
            gate = getattr(self.app.view_functions[rule.endpoint], "gate", None)
            if gate is None or not rule.rule.endswith(DOWNLOADS) or "GET" not in rule.methods:
                continue
            if may(member.actor if member else None, gate):
                with self.app.test_request_context():
                    yield self.app.url_for(rule.endpoint, **filled(rule.arguments, self.furnished))

    def _mistreat(self, name: str, form: Form) -> None:
        pairs = filled_in(form, self.chance, self.foreign)
        client = self._client(name)
        self.figures.inputs += 1
        if form.method == "get" or self.chance.random() < 0.05:
            return self._ask_oddly(name, client, form, pairs)
        own = client.token()
        has_file = any(one.kind == "file" for one in form.fields)
        body, kind = body_of([*own, *pairs], self.chance, has_file=has_file)
        address = self._elsewhere(form.action) if self.chance.random() < 0.05 else form.action
        answer = self._send(client, name, "POST", address, body, kind)
        out = answer is not None and (
            answer.status_code == 401 or "/sign-in" in (answer.location or "")
        )
        if out and name:
            self._let_in_again(self.world.cast[name])
        return None

    def _ask_oddly(
        self, name: str, client: PageClient, form: Form, pairs: list[tuple[str, str]]
    ) -> None:
        """A page of which something is asked that it does not have."""
        known = parse_qsl(urlsplit(form.page).query)
        odd = [(self.chance.choice(_QUERIES), worst(self.chance, self.foreign)) for _ in "12"]
        query = urlencode([*known, *pairs, *odd], errors="surrogatepass")[:6_000]
        path = urlsplit(form.action if form.method == "get" else form.page).path
        self._send(client, name, "GET", f"{path}?{query}")

    def _elsewhere(self, action: str) -> str:
        """The same address with something odd in the place of a key."""
        parts = urlsplit(action)
        steps = parts.path.split("/")
        keys = [at for at, step in enumerate(steps) if len(step) >= 20 or step.isdigit()]
        if not keys:
            return action
        odd = worst(self.chance, self.foreign)[:1_000]
        steps[self.chance.choice(keys)] = quote(odd.encode("utf-8", "surrogatepass"), safe="")
        return "/".join(steps)

    def _client(self, name: str) -> PageClient:
        client = client_of(self.app, self.world.cast[name] if name else None)
        # as from anywhere: the limits of tries are tested where they belong
        client.environ_base["REMOTE_ADDR"] = (
            f"10.{self.chance.randrange(256)}.{self.chance.randrange(256)}.7"
        )
        return client

    def _send(
        self,
        client: PageClient,
        name: str,
        method: str,
        address: str,
        body: bytes = b"",
        kind: str = "",
    ) -> TestResponse | None:
        self.failures.last, began = "", time.perf_counter()
        told = f"{name or 'nobody'} {method} {address[:200]} {body[-600:]!r}"
        by = {"X-CSRFToken": client.token()[0][1]} if "json" in kind else {}
        try:
            answer = client.open(
                address, method=method, data=body, content_type=kind or None, headers=by
            )
        except AssertionError as wrong:
            self._found(str(wrong), told)
            return None
        self.figures.seconds.append(time.perf_counter() - began)
        self.figures.answers[answer.status_code] += 1
        for fault in faults_of(answer):
            self._found(f"{fault} {self.failures.last}", told)
        if answer.mimetype != "text/html":
            answer.close()  # a file that was written for it alone
        return answer

    def _open(self, name: str, address: str) -> TestResponse | None:
        self.failures.last, told = "", f"{name or 'nobody'} reads {address[:300]}"
        try:
            answer = self._client(name).get(address)
        except AssertionError as wrong:
            self._found(str(wrong), told)
            return None
        for fault in faults_of(answer):
            self._found(f"{fault} {self.failures.last}", told)
        return answer

    def _let_in_again(self, member: Member) -> None:
        """Give back the sign-in and the role that a form has ended."""
        values = {"ended_at": None, "secret_digest": digest(member.secret), "stage": Stage.WHOLE}
        values |= {
            "last_seen_at": NOW,
            "proven_at": NOW,
            "membership_id": member.actor.membership_id,
        }
        with self.app.app_context(), unit_of_work(whole_installation("the tests sign in again")):
            db.session.execute(
                sa.update(SignIn).where(SignIn.id == member.actor.sign_in_id).values(**values)
            )

    def _look_around(self, before: dict[str, set[tuple[str, str]]]) -> None:
        """Whose the rows are now, and who may do more than before."""
        with self.app.app_context():
            for wrong in rows_of_two_organisations():
                self._found(wrong, f"after {', '.join(before)}")
            for name, roles in before.items():
                if gained := self._roles(name) - roles:
                    self._found(f"{name} has gained {gained}", "roles")

    def _read_all(self, reader: str, links: int) -> None:
        seen = self._addresses(reader, downloads=True)
        linked: set[str] = set()
        for address in seen:
            answer = self._open(reader, address)
            self.figures.pages += 1
            if links and answer is not None and answer.mimetype == "text/html" and answer.data:
                linked |= links_of(answer.get_data(as_text=True))
        new = sorted(linked - set(seen))
        for address in self.chance.sample(new, min(len(new), links)):
            self._open(reader, address)
            self.figures.pages += 1

    def _found(self, fault: str, told: str) -> None:
        """Write down a fault once, with its first example."""
        self.figures.findings.setdefault(fault, told)


EVERYONE = ("", "aino", "stig", "paula", "pia", "otto", "mia", "hilla", "sam", "olga")


def main(words: list[str]) -> int:
    """The long run; returns 1 where something was found."""
    options = argparse.ArgumentParser()
    options.add_argument("--inputs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args(words)
    began = time.perf_counter()
    with ExitStack() as stack:
        server = stack.enter_context(server_url()) if ENGINE == "postgresql" else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        stack.enter_context(time_machine.travel(NOW, tick=False))
        bench = Bench(folder, server)
        mischief = Mischief(bench, given.seed)
        mischief.run(EVERYONE, given.inputs)
        bench.clear()
    took = time.perf_counter() - began
    sys.stdout.write(f"{ENGINE}: {mischief.figures}; {took:.0f} s in all\n")
    return 1 if mischief.figures.findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
