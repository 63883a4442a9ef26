"""What views answer with: pages, parts, redirects, downloads."""

from typing import Any
from urllib.parse import quote

from flask import Response, abort, make_response, request, url_for
from flask import flash as flash_message
from werkzeug.wrappers import Response as AnyResponse

from jobsearch.web.templating import draw
from jobsearch.web.unit import reads, reads_each

_OTHER_SITES = frozenset({"cross-site", "same-site"})
__all__ = [
    "download",
    "flash",
    "is_partial",
    "only_if_changed",
    "reads",
    "reads_each",
    "render",
    "render_invalid",
    "see_other",
]


def render(template: str, **context: Any) -> str:
    """A whole page, or the part that htmx asked for."""
    return draw(template, **context)


def render_invalid(template: str, **context: Any) -> tuple[str, int]:
    """The same page again with what the person typed and what is wrong with it (422)."""
    return draw(template, **context), 422


def see_other(endpoint: str, **values: Any) -> AnyResponse:
    """After a good POST: go and look at the result (303), without a page that nobody sees."""
    return Response(status=303, headers={"Location": url_for(endpoint, **values)})


def flash(message: str, kind: str = "ok") -> None:
    """A sentence on the next page; kinds: ok, info, warn, bad."""
    flash_message(message, kind)


def is_partial() -> bool:
    """Whether htmx asks for a part of the page."""
    return request.headers.get("HX-Request") == "true"


def download(content: bytes, filename: str, media_type: str, *, inline: bool = False) -> Response:
    """A file to keep: an attachment, name in any letters (RFC 6266).

    `inline` is for a paper of our own making that is to be looked at first; never for uploads.
    What another site asks the browser to fetch is refused with 403.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") in _OTHER_SITES:
        abort(403)
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    names = f"filename=\"{plain}\"; filename*=UTF-8''{quote(filename)}"
    response.headers["Content-Disposition"] = f"{'inline' if inline else 'attachment'}; {names}"
    return response


def only_if_changed(version: str) -> Response | None:
    """304 without a body when the browser holds this version, else None: the view marks it."""
    if request.if_none_match.contains(version):
        return Response(status=304, headers={"ETag": f'"{version}"'})
    return None
