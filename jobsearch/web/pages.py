"""What views answer with: pages, parts, redirects, downloads."""

from typing import IO, Any
from urllib.parse import quote

from flask import Response, abort, make_response, request, url_for
from flask import flash as flash_message
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from jobsearch.web.templating import draw
from jobsearch.web.unit import reads, reads_each

_LAST_PAGE = 10_000
_OTHER_SITES = frozenset({"cross-site", "same-site"})
__all__ = [
    "download",
    "download_file",
    "flash",
    "is_partial",
    "only_if_changed",
    "page_number",
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


def page_number(last: int = _LAST_PAGE) -> int:
    """The page of a list that the address asks for; an odd number is the nearest one there is."""
    return min(max(1, request.args.get("page", 1, type=int)), last)


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
    _name(response, filename, media_type, "inline" if inline else "attachment")
    return response


def download_file(file: IO[bytes], filename: str, media_type: str) -> Response:
    """A file that was written to its end, sent piece by piece as an attachment, then closed."""
    size = file.tell()
    file.seek(0)
    response = Response(wrap_file(request.environ, file), direct_passthrough=True)
    response.call_on_close(file.close)
    response.content_length = size
    _name(response, filename, media_type, "attachment")
    return response


def _name(response: Response, filename: str, media_type: str, how: str) -> None:
    response.headers["Content-Type"] = media_type
    plain = filename.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    names = f"filename=\"{plain}\"; filename*=UTF-8''{quote(filename)}"
    response.headers["Content-Disposition"] = f"{how}; {names}"


def only_if_changed(version: str) -> Response | None:
    """304 without a body when the browser holds this version, else None: the view marks it."""
    if request.if_none_match.contains(version):
        return Response(status=304, headers={"ETag": f'"{version}"'})
    return None
