"""Identity providers for the tests: a real one (npm's oidc-provider), and one that tells lies."""

import json
import re
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from jobsearch.accounts.oidc import dialogue
from jobsearch.accounts.oidc.models import IdentityProvider
from jobsearch.accounts.oidc.rules import SecondFactor
from jobsearch.core.clock import now
from jobsearch.core.db import db, unit_of_work
from jobsearch.core.scope import whole_installation
from tests.pages import PageClient

FOLDER = Path(__file__).parent / "provider"
ROOT = FOLDER.parent.parent
CLIENT_ID = "jobsearch"
CLIENT_SECRET = "provider-secret-of-the-tests-only"
BACK = "/sign-in/organisation/back"
_KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


@contextmanager
def running_provider() -> Iterator[str]:
    """The real provider on a free port of this machine; gives its issuer."""
    subprocess.run([ROOT / "scripts" / "provider"], check=True, cwd=ROOT)
    node = shutil.which("node") or str(ROOT / ".cache/node/bin/node")
    with subprocess.Popen(
        [node, "--no-warnings", "provider.mjs"],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        issuer = process.stdout.readline().strip()
        try:
            yield issuer
        finally:
            process.terminate()


def connect(
    organisation_id: str,
    issuer: str,
    *,
    domains: str = "example.org",
    second_factor: SecondFactor = SecondFactor.CLAIMED,
    required_acr: str | None = None,
) -> str:
    """Enter a provider of an organisation; returns its key."""
    dialogue.forget()
    with unit_of_work(whole_installation("test")):
        provider = IdentityProvider(
            organisation_id=organisation_id,
            name="Work account",
            issuer=issuer,
            client_id=CLIENT_ID,
            client_secret=CLIENT_SECRET,
            domains=domains,
            required_acr=required_acr,
            second_factor=second_factor,
            made_at=now(),
        )
        db.session.add(provider)
        db.session.flush()
        return provider.id


def set_out(client: PageClient, provider_id: str) -> str:
    """Go as far as the address of the provider."""
    client.send("/sign-in/organisation/go", provider_id=provider_id)
    page = client.get("/sign-in/organisation/go")
    assert page.status_code == 200, page.text
    return page.headers["Refresh"].partition("url=")[2]


def come_back(client: PageClient, brought: dict[str, str]) -> Any:
    """Press the button of the page to which the provider sent the browser."""
    page = client.get(f"{BACK}?{urlencode(brought)}")
    if page.status_code != 200:
        return page
    hidden = dict(re.findall(r'name="(code|state|iss)"[^>]*value="([^"]*)"', page.text))
    return client.send(BACK, **hidden)


class _Here(urllib.request.HTTPRedirectHandler):
    """Follows the provider's own redirects, and stops where it sends the browser back to us."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, url: str
    ) -> Any:
        if BACK in url:
            return None
        return super().redirect_request(req, fp, code, msg, headers, url)


def at_real_provider(address: str, login: str, *, mfa: bool = False) -> dict[str, str]:
    """Sign in at the real provider as a browser does; returns what it sends back with."""
    opener = urllib.request.build_opener(_Here, urllib.request.HTTPCookieProcessor(CookieJar()))
    with opener.open(address, timeout=10) as page:
        action = re.search(r'action="([^"]+)"', page.read().decode())[1]
    form = {"login": login, **({"mfa": "1"} if mfa else {})}
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(address))
    try:
        opener.open(origin + action, urlencode(form).encode(), timeout=10).close()
    except urllib.error.HTTPError as sent_back:
        location = sent_back.headers["Location"]
        sent_back.close()
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


class Liar:
    """A provider of our own that can be made to lie: every part of its answers can be changed."""

    def __init__(self) -> None:
        self.key = _KEY
        self.published = [self.key]
        self.document: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.sign_with: RSAKey | ECKey | OctKey | None = None
        self.raw_token: str | None = None
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.asked: list[str] = []
        self.issuer = ""

    def token(self) -> str:
        """The ID token as it is told to be."""
        if self.raw_token is not None:
            return self.raw_token
        instant = int(now().timestamp())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": "subject-1",
            "iat": instant,
            "exp": instant + 300,
            "email": "stig@example.org",
            "email_verified": True,
            "amr": ["mfa"],
            **self.claims,
        }
        header = {"alg": "RS256", "kid": "one", **self.header}
        told = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(header, told, self.sign_with or self.key, algorithms=[header["alg"]])

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """What is answered at a path."""
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        content: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "id_token_signing_alg_values_supported": ["RS256", "ES256", "PS256", "none"],
                "code_challenge_methods_supported": ["S256"],
                **self.document,
            },
            "/keys": KeySet(self.published).as_dict(private=False),
            "/token": {"access_token": "x", "token_type": "Bearer"},
        }.get(path, {})
        if path == "/token":
            content["id_token"] = self.token()
        return 200, {"Content-Type": "application/json"}, json.dumps(content).encode()


@contextmanager
def lying_provider() -> Iterator[Liar]:
    """A liar on a free port of this machine."""
    liar = Liar()

    class Ears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            self.rfile.read(length)
            status, headers, content = liar.answer(self.path.partition("?")[0])
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ears)
    liar.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
