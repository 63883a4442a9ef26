"""The client of the page tests: signs in as one of the cast and checks every page that it opens."""

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer
from lxml import html
from werkzeug.test import TestResponse

from jobsearch.core.tokens import new_key
from tests.world import Member

_RAW = "a" * 40
assert generate_csrf  # the token below is made as Flask-WTF makes it


class PageClient(FlaskClient):
    """A browser without a screen. A GET of a page is checked; a POST carries token and key."""

    reads = ""  # the language that the browser asks for

    def sign_in(self, member: Member | None) -> "PageClient":
        """Be this member of the cast, or nobody."""
        with self.session_transaction() as cookie:
            cookie.clear()
            cookie["csrf_token"] = _RAW
            if member is not None:
                cookie["sign_in"] = member.secret
        return self

    def with_token(self) -> "PageClient":
        """Have the token again after a sign-in has emptied the cookie, as by opening a page."""
        with self.session_transaction() as cookie:
            cookie["csrf_token"] = _RAW
        return self

    def open(self, *args: Any, **values: Any) -> TestResponse:
        """Send the request; check the page that comes back."""
        response = super().open(*args, **values)
        is_page = response.mimetype == "text/html" and response.status_code in (200, 422)
        if is_page and response.data:  # HEAD brings no page
            check_page(response.get_data(as_text=True), values.get("headers"))
        return response

    def send(self, url: str, **data: Any) -> TestResponse:
        """POST a form as the page would: with its CSRF token and a fresh key."""
        return self.post(url, data={**dict(self.token()), **data})

    def token(self) -> list[tuple[str, str]]:
        """The hidden fields of a form: its CSRF token and a fresh key."""
        token = URLSafeTimedSerializer(self.application.secret_key or "", salt="wtf-csrf-token")
        return [("csrf_token", str(token.dumps(_RAW))), ("_once", new_key())]


def client_of(app: Flask, member: Member | None) -> PageClient:
    """A client signed in as a member of the cast."""
    app.test_client_class = PageClient
    client = app.test_client()
    assert isinstance(client, PageClient)
    if PageClient.reads:
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = PageClient.reads
    return client.sign_in(member)


def check_page(text: str, headers: Any = None) -> None:
    """What must hold of every page: one h1, unique ids, labels, landmarks, nothing inline."""
    if headers and "HX-Request" in dict(headers):
        return  # a part of a page
    tree = html.document_fromstring(text)
    problems = [*_structure(tree), *_names(tree), *_policy(tree, text)]
    assert not problems, "\n".join(problems)


def _structure(tree: Any) -> list[str]:
    problems = []
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        problems.append(f"{len(headings)} h1 on the page")
    title = (tree.findtext(".//title") or "").strip()
    if len(title) < 5 or title.startswith("–"):
        problems.append(f"the title says {title!r}")
    if not tree.get("lang"):
        problems.append("the page has no language")
    if len(tree.xpath("//main")) != 1:
        problems.append("the page has not one main")
    ids = tree.xpath("//@id")
    problems += [f"id {twice!r} stands twice" for twice in {i for i in ids if ids.count(i) > 1}]
    for reference in tree.xpath("//@for | //@aria-labelledby | //@aria-describedby"):
        problems += [
            f"no element has the id {one!r}" for one in reference.split() if one not in ids
        ]
    return problems


def _names(tree: Any) -> list[str]:
    problems = []
    labelled = set(tree.xpath("//label/@for"))
    for control in tree.xpath("//input | //select | //textarea"):
        if control.get("type") in ("hidden", "submit"):
            continue
        inside = control.xpath("ancestor::label")
        named = control.get("id") in labelled or control.get("aria-label") or inside
        if not (named or control.get("aria-labelledby")):
            problems.append(f"a control without a label: {control.get('name')}")
    for deed in tree.xpath("//button | //a[@href]"):
        name = deed.text_content().strip() or deed.get("aria-label")
        if not (name or deed.xpath(".//*[@aria-label]")):
            problems.append(f"a button or link without words: {html.tostring(deed)[:80]!r}")
    for form in tree.xpath("//form"):
        if not form.get("action"):
            problems.append("a form without an address")
        if form.get("method") == "post" and not form.xpath(".//input[@name='csrf_token']"):
            problems.append("a form without a token")
    return problems


def _policy(tree: Any, text: str) -> list[str]:
    problems = [f"inline style: {s}" for s in tree.xpath("//*[@style]/@style | //style")]
    problems += ["inline script" for s in tree.xpath("//script[not(@src)]")]
    problems += [f"inline handler {a}" for a in re.findall(r"\son[a-z]+=\"", text)]
    outside = tree.xpath("//@src[starts-with(., 'http')] | //link/@href[starts-with(., 'http')]")
    problems += [f"fetched from outside: {address}" for address in outside]
    return problems
