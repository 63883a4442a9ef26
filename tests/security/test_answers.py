"""What every answer carries, and what no request can talk the application into."""

import dataclasses
import re

import pytest
from flask import request

from jobsearch.accounts.door import local_path
from jobsearch.app import create_app
from jobsearch.core.access import may
from jobsearch.core.db import db
from jobsearch.web.limits import network
from tests.addresses import filled
from tests.furnished import furnish
from tests.pages import client_of
from tests.security.forms import links_of

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def _walk(app, world, name):
    """Every address that this person may open, with its answer."""
    member, furnished = world.cast[name], furnish(world)
    for rule in app.url_map.iter_rules():
        gate = getattr(app.view_functions[rule.endpoint], "gate", None)
        if gate is None or "GET" not in rule.methods or not may(member.actor, gate):
            continue
        with app.test_request_context():
            address = app.url_for(rule.endpoint, **filled(rule.arguments, furnished))
        yield address, client_of(app, member).get(address)


@pytest.mark.timeout(200)
@pytest.mark.parametrize("name", ["stig", "paula", "pia", "mia"])
def test_no_personal_answer_is_kept_and_no_address_tells_of_anybody(
    app, world, context, name
) -> None:
    told = re.compile(r"pihlaja|pia(%40|@)|150591|FI2112|%2B358", re.IGNORECASE)
    wrong, seen = [], 0
    for address, answer in _walk(app, world, name):
        kept, seen = answer.headers["Cache-Control"], seen + 1
        if kept != ("private, no-cache" if "ETag" in answer.headers else "no-store"):
            wrong.append(f"{address}: {kept}")
        if "Cookie" not in answer.headers.get("Vary", ""):
            wrong.append(f"{address}: no Vary")
        if answer.headers["Referrer-Policy"] not in ("same-origin", "no-referrer"):
            wrong.append(f"{address}: Referrer-Policy")
        where = [address, answer.location or ""]
        if answer.mimetype == "text/html" and answer.data:
            where += links_of(answer.get_data(as_text=True))
        wrong += [f"{address}: {one}" for one in where if told.search(one)]
    assert not wrong and seen > 15


@pytest.mark.parametrize("path", ["/sign-in", "/today", "/health", "/nowhere", "/static/app.css"])
def test_every_answer_has_the_strict_headers(app, world, path) -> None:
    answer = client_of(app, None).get(path)
    headers = answer.headers
    answer.close()
    said = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert said | POLICY == said
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "X-Powered-By" not in headers
    assert not re.search(r"\d", headers.get("Server", ""))


@pytest.fixture
def by_https(app):
    """The same installation as it stands in production, behind one proxy of its own."""
    config = dataclasses.replace(
        app.config["JOBSEARCH"], base_url="https://jobs.example.org", proxies=1
    )
    made = create_app(config)
    yield made
    with made.app_context():
        db.engine.dispose()


def test_behind_tls_the_cookie_is_bound_to_the_host_and_browsers_stay_on_https(by_https) -> None:
    answer = by_https.test_client().get("/sign-in", base_url="https://jobs.example.org")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-jobsearch=")
    for flag in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert flag in cookie
    assert "Domain" not in cookie


def test_what_a_proxy_says_counts_only_where_there_is_one(app, by_https, monkeypatch) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "X-Forwarded-Host": "evil.example"}
    for one, seen in ((app, "127.0.0.1 localhost"), (by_https, "198.51.100.7 evil.example")):

        def say() -> tuple[str, dict[str, str]]:
            return f"{network()} {request.host}", {"Content-Type": "text/plain"}

        say.gate = None
        monkeypatch.setitem(one.view_functions, "accounts.sign_in", say)
        assert one.test_client().get("/sign-in", headers=forwarded).text == seen


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "https://evil.example",
        "HTTPS:evil.example",
        "https:/evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r//evil.example",
        " //evil.example",
        "/x@evil.example",
        "evil.example",
        "\x00//evil.example",
        "/%09/evil.example/..//evil.example\\",
    ],
)
def test_where_to_go_next_never_leaves_the_site(app, target) -> None:
    assert local_path(target) == ""


def test_where_to_go_next_may_be_any_page_of_the_site() -> None:
    assert local_path("/today?on=2026-11-24#x") == "/today?on=2026-11-24#x"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_cannot_fetch_a_personal_file(app, world, context, site) -> None:
    furnished = furnish(world)
    with app.test_request_context():
        address = app.url_for(
            "payroll_pay.download_my_payslip", payslip_id=furnished.keys["payslip_id"]
        )
    client = client_of(app, world.pia)
    refused = client.get(address, headers={"Sec-Fetch-Site": site})
    assert refused.status_code == 403 and b"%PDF" not in refused.data
    for own in ("same-origin", "none"):
        answer = client.get(address, headers={"Sec-Fetch-Site": own})
        assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PUT", "DELETE", "PATCH", "CONNECT"])
def test_methods_that_nobody_needs_are_refused(app, world, method) -> None:
    for path in ("/today", "/sign-in", "/static/app.css"):
        assert client_of(app, world.pia).open(path, method=method).status_code in (400, 405)


@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD",
        "/.env",
        "/static/",
        "/static/../../config.py",
        "/static/%2e%2e/%2e%2e/config.py",
        "/instance/keys",
        "/console",
        "/swagger.json",
        "/static/../app.py%00.css",
    ],
)
def test_nothing_of_the_machine_is_served(app, path) -> None:
    answer = client_of(app, None).get(path)
    assert answer.status_code in (404, 308)
    assert b"import" not in answer.data


def test_the_health_page_says_ok_and_nothing_else(app) -> None:
    assert client_of(app, None).get("/health").get_data() == b"ok"
    assert app.debug is False and app.config["PROPAGATE_EXCEPTIONS"] in (None, False)


@pytest.mark.parametrize("path", ["/sign-out", "/account/sign-out-everywhere"])
def test_signing_out_clears_what_the_browser_kept_and_the_cookie_opens_nothing(
    app, world, path
) -> None:
    client = client_of(app, world.stig)
    assert client.get("/account").status_code == 200
    answer = client.send(path)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client_of(app, world.stig).get("/account").status_code == 303


def test_a_form_of_thousands_of_fields_or_of_many_megabytes_is_refused_soon(app, world) -> None:
    client = client_of(app, world.pia)
    fields = [*client.token(), *((f"f{number}", "x") for number in range(50_000))]
    body = "&".join(f"{name}={value}" for name, value in fields)
    urlencoded = "application/x-www-form-urlencoded"
    large = client.post(
        "/my-contact", data="x=" + "a" * (13 * 1024 * 1024), content_type=urlencoded
    )
    assert large.status_code == 413
    parts = "".join(
        f'--b\r\nContent-Disposition: form-data; name="{number}"\r\n\r\nx\r\n'
        for number in range(3_000)
    )
    many = client.post(
        "/my-contact", data=parts + "--b--", content_type="multipart/form-data; boundary=b"
    )
    assert many.status_code == 413
    assert client.post("/my-contact", data=body, content_type=urlencoded).status_code in (
        400,
        413,
        422,
    )
