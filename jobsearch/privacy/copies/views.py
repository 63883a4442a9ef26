"""Pages of one's own data: what there is, and the copy of all of it."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import IO

from flask import Blueprint
from flask.typing import ResponseReturnValue

from jobsearch.core.access import Permission
from jobsearch.core.looks import Look
from jobsearch.privacy.copies import service
from jobsearch.privacy.copies.exports import MEDIA_TYPE, write_archive
from jobsearch.privacy.copies.pages import own_data
from jobsearch.privacy.copies.rules import archive_name
from jobsearch.privacy.requests.forms import EmptyForm
from jobsearch.privacy.requests.views import show
from jobsearch.web.gate import current_actor, needs
from jobsearch.web.limits import heavy
from jobsearch.web.pages import download_file, reads, render, render_invalid

blueprint = Blueprint("my_data", __name__)
P = Permission
_IN_MEMORY = 8 * 1024 * 1024


@blueprint.get("/me/data")
@needs(P.ACCOUNTS_OWN)
def show_own() -> ResponseReturnValue:
    """What there is of the actor, by kind, who sees it and how long it is kept."""
    return render("my_data/show_own.html", own=own_data(current_actor()))


@blueprint.get("/me/data/copy")
@needs(P.ACCOUNTS_OWN, fresh=True)
def ask_copy() -> ResponseReturnValue:
    """What the copy holds, and the button that makes it."""
    return render("my_data/ask_copy.html", form=EmptyForm(formdata=None))


@blueprint.post("/me/data/copy")
@needs(P.ACCOUNTS_OWN, fresh=True)
@heavy
def make_copy() -> ResponseReturnValue:
    """The copy itself; that it was made is written down and told."""
    form, actor = EmptyForm(), current_actor()
    answer = _archive(form, partial(service.make_own, actor))
    if answer is None:
        return render_invalid("my_data/ask_copy.html", form=form)
    if form.result.person_id:
        reads(form.result.person_id, Look.COPY)
    return answer


@blueprint.post("/privacy/requests/<key:data_request_id>/copy")
@needs(P.PRIVACY_REQUESTS, fresh=True)
@heavy
def copy_for(data_request_id: str) -> ResponseReturnValue:
    """A person's copy, made by a manager on a request; that it was made is written down."""
    form = EmptyForm()
    answer = _archive(form, partial(service.make_for, current_actor(), data_request_id))
    if answer is None:
        return show(data_request_id, form)
    reads(form.result.person_id, Look.COPY)
    return answer


def _archive(form: EmptyForm, make: Callable[..., object]) -> ResponseReturnValue | None:
    """The archive as a download; None when a rule was broken, which stands on the form."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - sent later
    with ExitStack() as stack:
        stack.callback(file.close)
        if not form.attempt(make, file, write_archive):
            return None
        stack.pop_all()  # it is closed when it has been sent
    name = archive_name(form.result.made_at, current_actor().zone)
    return download_file(file, name, MEDIA_TYPE)
