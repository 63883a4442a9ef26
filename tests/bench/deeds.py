"""What is measured: each deed of the product, and the least work of the same kind beside it."""

import io
import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from flask_babel import force_locale
from itsdangerous import URLSafeTimedSerializer

from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import Scope
from jobsearch.core.tokens import new_key
from jobsearch.payroll.contracts.models import Employment
from jobsearch.payroll.pay.pdf import payslip_pdf
from jobsearch.payroll.pay.queries import get_run
from jobsearch.payroll.pay.rules import RunKind
from jobsearch.payroll.pay.service import (
    approve_pay_run,
    compute_pay_run,
    make_pay_run,
    review_pay_run,
)
from jobsearch.tracker.rules import Activity
from jobsearch.tracker.service import set_goals
from tests.bench.crowd import Crowd
from tests.bench.limit_app import limit_app
from tests.bench.limit_payslip import limit_payslip, load_faces
from tests.bench.limits import COMPUTED
from tests.bench.programme import Searched
from tests.paid import PAYS_ON, TERM
from tests.papers import payslip
from tests.world import TODAY, Member

_TOKEN = "a" * 40

Act = Callable[[], object]
Prepare = Callable[[int], list[Act]]
"""Makes that many acts ready; what that costs is not counted."""


def request_to(
    app: Flask,
    path: str,
    status: int,
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> tuple[Act, dict[str, str]]:
    """One request, ready to be sent, and the headers of its answer once it was.

    Another status than the expected one is an error; 0 expects any.
    """
    body = urlencode(form or {}).encode()
    path, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "GET" if form is None else "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "443",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded" if form is not None else "",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    environ |= {
        "HTTP_" + name.upper().replace("-", "_"): text for name, text in (headers or {}).items()
    }
    answered: dict[str, str] = {}

    def start(line: str, fields: list[tuple[str, str]], _error: object = None) -> None:
        answered.update(fields, status=line)

    def send() -> bytes:
        parts = app.wsgi_app(environ, start)
        whole = b"".join(parts)
        parts.close()
        if status and not answered["status"].startswith(str(status)):
            raise AssertionError(f"{path}: {answered['status']}, not {status}")
        return whole

    return send, answered


class Product:
    """The application over the crowd, with its people signed in."""

    def __init__(self, app: Flask, crowd: Crowd) -> None:
        self.app, self.crowd, self.world = app, crowd, crowd.world
        self._unpaid = iter(crowd.pay_group_ids)
        self._changes = itertools.count()

    def headers(self, member: Member) -> dict[str, str]:
        """What the member's browser sends."""
        serializer = self.app.session_interface.get_signing_serializer(self.app)
        values = {"csrf_token": _TOKEN, "sign_in": member.secret, "_permanent": True}
        name = self.app.config["SESSION_COOKIE_NAME"]
        return {"Cookie": f"{name}={serializer.dumps(values)}", "Accept-Language": "fi"}

    def get(self, member: Member, path: str) -> Act:
        """One page as a member."""
        return request_to(self.app, path, 200, self.headers(member))[0]

    def post(self, member: Member, path: str, **form: str) -> Act:
        """One form as the page sends it, with its token and a fresh key."""
        token = URLSafeTimedSerializer(self.app.secret_key or "", salt="wtf-csrf-token")
        values = {"csrf_token": token.dumps(_TOKEN), "_once": new_key(), **form}
        return request_to(self.app, path, 303, self.headers(member), values)[0]

    def poll(self, member: Member, path: str) -> Act:
        """One question whether a page has changed, which it has not."""
        asks = self.headers(member) | {"HX-Request": "true"}
        first, answered = request_to(self.app, path, 200, asks)
        first()
        held = asks | {"If-None-Match": answered["ETag"]}
        return request_to(self.app, path, 304, held)[0]

    @contextmanager
    def work(self, member: Member) -> Iterator[None]:
        """A unit of work as a member."""
        scope = Scope(member.actor.organisation_ids, "bench")
        with self.app.app_context(), unit_of_work(scope, member.actor):
            yield

    def make_run(self) -> str:
        """A pay run of one more of the groups that are there to be paid."""
        with self.work(self.world.paula):
            return make_pay_run(
                self.world.paula.actor, RunKind.WAGES, PAYS_ON, next(self._unpaid)
            ).id

    def make_wide_run(self, people: int) -> str:
        """A pay run of the first so many contracts, whatever their group."""
        clerk = self.world.paula
        with self.work(clerk):
            contracts = sa.select(Employment.id).order_by(Employment.id).limit(people)
            chosen = list(db.session.scalars(contracts))
            assert len(chosen) == people
            wages = RunKind.WAGES, PAYS_ON, None, TERM.first, TERM.last
            return make_pay_run(clerk.actor, *wages, chosen).id

    def compute(self, run_id: str) -> None:
        """Compute a pay run."""
        with self.work(self.world.paula):
            compute_pay_run(run_id, get_run(run_id).version)

    def review(self, run_id: str) -> None:
        """Look a computed run through."""
        with self.work(self.world.paula):
            review_pay_run(run_id, get_run(run_id).version, self.world.paula.actor)

    def approve(self, run_id: str) -> None:
        """Approve a reviewed run, which draws its payslips."""
        with self.work(self.world.aino):
            approve_pay_run(run_id, get_run(run_id).version, self.world.aino.actor)

    def change_board(self) -> None:
        """Somebody of the measured group means to do another number of things today."""
        at, goal = divmod(next(self._changes), 50)
        enrolment_id = self.crowd.enrolment_ids[at % len(self.crowd.enrolment_ids)]
        with self.work(self.world.stig):
            goals = {Activity.EMPLOYER_CONTACT: goal + 1}
            set_goals(self.world.stig.actor, enrolment_id, TODAY, goals)

    def draw(self) -> bytes:
        """One payslip on paper."""
        with self.app.app_context(), force_locale("fi"):
            return payslip_pdf(payslip())


def board_address(product: Product) -> str:
    """The board of the measured group."""
    return f"/cohorts/{product.crowd.cohort_id}/board"


def deeds(product: Product, limit_database: Path) -> dict[str, Prepare]:
    """Every deed by its name."""
    return _limits(limit_database) | _pages(product) | _pay(product)


def _always(*acts: Act) -> Prepare:
    return lambda times: [*acts] * times


def _limits(database: Path) -> dict[str, Prepare]:
    app = limit_app(database)
    form = {"person_id": "1", "employer": "Rannikon Leipomo", "title": "Myyjä"}
    load_faces()
    held = {"If-None-Match": '"1"'}
    return {
        "nothing": _always(lambda: None),
        "hello": _always(request_to(app, "/hello", 200)[0]),
        "board_core": _always(request_to(app, "/board", 200)[0]),
        "roll-up": _always(request_to(app, "/roll-up", 200)[0]),
        "poll_304": _always(request_to(app, "/poll", 304, held)[0]),
        "log_core": lambda times: [
            request_to(app, "/log", 303, form=form)[0] for _ in range(times)
        ],
        "canvas payslip": lambda times: [lambda n=n: limit_payslip(n) for n in range(times)],
    }


def _pages(product: Product) -> dict[str, Prepare]:
    stig, pia, otto = product.world.stig, product.world.pia, product.world.otto
    board = board_address(product)
    return {
        "health, signed in": _always(product.get(stig, "/health")),
        "board, unchanged": _always(product.get(stig, board)),
        "change of the board": _always(product.change_board),
        "change, then board": lambda times: (
            [product.change_board, product.get(stig, board)] * times
        ),
        "board poll": lambda times: [product.poll(stig, f"{board}/poll")] * times,
        "participant's day": _always(product.get(pia, "/today")),
        "log": lambda times: [
            product.post(otto, "/job-search/log/employer_contact") for _ in range(times)
        ],
    }


def search(app: Flask, searched: Searched) -> dict[str, Prepare]:
    """The results of a programme of 200 groups, as its manager reads them."""
    aino = searched.world.aino
    product = Product(app, Crowd.of(searched.world, searched.cohort_id))
    key = searched.programme_id
    return {
        "programme's results": _always(product.get(aino, f"/programmes/{key}/search")),
        "programme's costs": _always(product.get(aino, f"/costs/{key}")),
        "cost of groups": _always(product.get(aino, f"/costs/{key}/groups")),
    }


def _pay(product: Product) -> dict[str, Prepare]:
    drafted: list[str] = []

    def computing(times: int) -> list[Act]:
        if not drafted:
            drafted.append(product.make_wide_run(COMPUTED))
        return [lambda: product.compute(drafted[0])] * times

    def approving(times: int) -> list[Act]:
        runs = [product.make_run() for _ in range(times)]
        for run_id in runs:
            product.compute(run_id)
            product.review(run_id)
        return [lambda run_id=run_id: product.approve(run_id) for run_id in runs]

    return {
        "payslip": _always(product.draw),
        "pay run, computed": computing,
        "pay run, approved": approving,
    }
