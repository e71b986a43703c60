"""The pages and requests of the review.

GET  /                                   the documents of the folder
GET  /document/12?page=3                 one document
GET  /document/12/part?page=3            the parts of it that change, as JSON
GET  /document/12/picture/3?scale=2      a page as the source shows it, as PNG
POST /document/12/count                  what a ruling would change, before it is made
POST /document/12/rule, undo, redo       rulings
POST /document/12/seen, outcome          which page was seen; approve, refuse, reopen
GET  /document/12/preview                the result as it would be published; its pages below it
POST /publish, GET /publishing           write the folder again with what was decided; how far that is
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from woo_anon.errors import WooAnonError
from woo_anon.review import pages, rendering, requests
from woo_anon.review.desk import Desk
from woo_anon.review.requests import asked_by_script


def application(desk: Desk) -> Starlette:
    """The application, without its guard; what the first page would wait for is loaded."""
    rendering.prepare()
    routes = [
        Route("/", _bound(desk, pages.dossier)),
        Route("/document/{number:int}", _bound(desk, pages.document)),
        Route("/document/{number:int}/part", _bound(desk, pages.part)),
        Route("/document/{number:int}/picture/{page:int}", _bound(desk, pages.picture)),
        Route("/document/{number:int}/count", asked_by_script(desk, requests.count), methods=["POST"]),
        Route("/document/{number:int}/rule", asked_by_script(desk, requests.rule), methods=["POST"]),
        Route("/document/{number:int}/undo", asked_by_script(desk, requests.undo), methods=["POST"]),
        Route("/document/{number:int}/redo", asked_by_script(desk, requests.redo), methods=["POST"]),
        Route("/document/{number:int}/seen", asked_by_script(desk, requests.seen), methods=["POST"]),
        Route("/document/{number:int}/outcome", asked_by_script(desk, requests.outcome), methods=["POST"]),
        Route("/document/{number:int}/preview", _bound(desk, pages.preview)),
        Route("/document/{number:int}/preview/{page:int}", _bound(desk, pages.preview_picture)),
        Route("/publish", asked_by_script(desk, requests.publish), methods=["POST"]),
        Route("/publishing", _bound(desk, pages.publishing)),
        Route("/static/{name}", _bound(desk, pages.static)),
    ]
    handlers: dict[Any, Any] = {WooAnonError: _failed(desk), HTTPException: _not_there(desk)}
    return Starlette(routes=routes, exception_handlers=handlers)


def _bound(desk: Desk, handle: Callable[[Desk, Request], Response]) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return handle(desk, request)

    return answer


def _failed(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, WooAnonError)
        if request.method == "POST" or request.url.path.endswith("/part"):
            return rendering.refused(f"{error.message} {error.remedy}", 409)
        return rendering.page(desk, "error.html.j2", status=409, message=error.message, remedy=error.remedy)

    return answer


def _not_there(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.method == "POST":
            return rendering.refused(error.detail, error.status_code)
        return rendering.page(desk, "error.html.j2", status=error.status_code, message=error.detail, remedy="")

    return answer
