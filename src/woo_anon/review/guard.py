"""Who may talk to the application: the browser that was started with the one-time token, on this machine, and no other
page in it.

    Host        must be this application's: another name that leads here (DNS rebinding) gets nothing
    token       stands in the address that is printed, works once, and gives the browser a session cookie
    cookie      HttpOnly, SameSite=Strict; without it there is no page and no picture
    Origin      of what changes anything must be this application, and a header must repeat the secret of its pages
    policy      pages load nothing from elsewhere, run no script but ours, and cannot be framed
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",  # pages of documents do not stay on the disk
}
_SAFE = frozenset({"GET", "HEAD"})
_OWN_SITE = frozenset({"same-origin", "none", ""})
_REFUSED = "Geen toegang. Open het adres dat woo-anon review heeft getoond; het werkt één keer.\n"


class Guard:
    """Lets through what comes from the reviewer's own browser. `port` is where the application listens."""

    def __init__(self, app: ASGIApp, port: int, token: str, csrf: str) -> None:
        self._app = app
        self._hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
        self._token: str | None = token
        self._session, self._csrf = secrets.token_urlsafe(32), csrf
        self._cookie = f"woo-anon-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # nothing here speaks another protocol
        answer = self._answer(scope) or self._app

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        await answer(scope, receive, sent)

    def _answer(self, scope: Scope) -> Response | None:
        """The answer to what is not let through, or that gives a session; None for what may pass."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if host not in self._hosts:
            return PlainTextResponse("Onbekend adres.\n", 421)
        if self._has_session(headers):
            if scope["method"] not in _SAFE and not self._is_ours(headers, host):
                return PlainTextResponse("Dit verzoek komt niet van deze toepassing.\n", 403)
            return RedirectResponse("/", 303) if self._given(scope) else None
        if scope["method"] == "GET" and scope["path"] == "/" and self._matches(self._given(scope)):
            self._token = None
            welcome = RedirectResponse("/", 303)
            welcome.set_cookie(self._cookie, self._session, httponly=True, samesite="strict")
            return welcome
        return PlainTextResponse(_REFUSED, 403)

    def _has_session(self, headers: Headers) -> bool:
        given = cookie_parser(headers.get("cookie", "")).get(self._cookie, "")
        return secrets.compare_digest(given.encode(), self._session.encode())

    def _is_ours(self, headers: Headers, host: str) -> bool:
        """Whether a request that changes something comes from a page of this application."""
        return (
            headers.get("origin", "") == f"http://{host}"
            and headers.get("sec-fetch-site", "") in _OWN_SITE
            and secrets.compare_digest(headers.get("x-csrf", "").encode(), self._csrf.encode())
        )

    def _matches(self, given: str) -> bool:
        return self._token is not None and secrets.compare_digest(given.encode(), self._token.encode())

    @staticmethod
    def _given(scope: Scope) -> str:
        query: bytes = scope["query_string"]
        return parse_qs(query.decode("latin-1")).get("token", [""])[0]
