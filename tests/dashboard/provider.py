"""A small OpenID Connect provider on the loopback, which asks who one is and believes it."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID, CLIENT_SECRET = "mereda", "a secret between dashboard and provider"
DOOR = """<!doctype html><html lang="en"><title>Who are you?</title><form action="/enter">
<label>Address <input name="email"></label>
<label><input type="checkbox" name="is_doubted"> nobody has checked it</label>
<input type="hidden" name="asked" value="{asked}"><button>Enter</button></form>"""


@dataclass
class Provider:
    """What it knows: its own address and key, and to whom it has given which code."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}))
    given: dict[str, tuple[dict[str, str], dict[str, Any]]] = field(default_factory=dict)

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def enter(self, asked: dict[str, str], email: str, *, is_doubted: bool) -> str:
        """Where the browser goes on, with a code for who entered."""
        code = secrets.token_urlsafe()
        self.given[code] = asked, {"sub": email, "email": email, "email_verified": not is_doubted}
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def exchange(self, authorization: str, form: dict[str, str]) -> dict[str, Any] | None:
        """The token for a code, once, to who asked for it and can prove it; None for anyone else."""
        asked, person = self.given.pop(form.get("code", ""), ({}, {}))
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        proof = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        is_proven = base64.urlsafe_b64encode(proof).rstrip(b"=").decode() == asked.get("code_challenge")
        if authorization != f"Basic {basic}" or not is_proven or form.get("redirect_uri") != asked["redirect_uri"]:
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 600, "nonce": asked["nonce"], **person}
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "expires_in": 600, "id_token": token}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._answer(self.provider.describe())
        elif parts.path == "/keys":
            self._answer({"keys": [self.provider.key.as_dict(private=False)]})
        elif parts.path == "/authorize" and asked.get("client_id") == CLIENT_ID:
            self._send(200, DOOR.format(asked=parts.query.replace("&", "&amp;")).encode(), "text/html")
        elif parts.path == "/enter":
            first = {name: values[0] for name, values in parse_qs(asked["asked"]).items()}
            self.send_response(302)
            place = self.provider.enter(first, asked["email"], is_doubted="is_doubted" in asked)
            self.send_header("Location", place)
            self.end_headers()
        else:
            self._send(404, b"", "text/plain")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        token = self.provider.exchange(self.headers.get("Authorization", ""), form)
        self._answer(token or {"error": "invalid_grant"}, status=200 if token else 400)

    def _answer(self, value: dict[str, Any], *, status: int = 200) -> None:
        self._send(status, json.dumps(value).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        del format, args


@contextmanager
def open_provider() -> Iterator[Provider]:
    """A provider that answers while the block lasts."""

    class Handler(_Handler):
        pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Handler.provider = provider = Provider(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
