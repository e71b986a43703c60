"""What is looked at in the review: the folder, a document at a page, pictures, the result as it would be published."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from woo_anon.review import views
from woo_anon.review.case import Case
from woo_anon.review.desk import Desk
from woo_anon.review.rendering import changing, page, parts

_STATIC = {"review.css": "text/css", "review.js": "text/javascript", "parts.css": "text/css"}


def dossier(desk: Desk, request: Request) -> Response:
    """The documents of the folder."""
    query = request.query_params
    asked = {"words": query.get("q", ""), "state": query.get("state", ""), "order": query.get("order", "naam")}
    shelf = views.shelf(desk.folder.rows(), **asked, page=_whole(query.get("page"), 1))
    return page(desk, "folder.html.j2", shelf=shelf, asked=asked, publishing=desk.publishing.progress())


def document(desk: Desk, request: Request) -> Response:
    """One document at a page."""
    case = _case(desk, request)
    return page(desk, "document.html.j2", case=case, **parts(desk, case, _number(case, request)))


def part(desk: Desk, request: Request) -> Response:
    """What changes when another page is looked at."""
    case = _case(desk, request)
    return JSONResponse(changing(desk, case, _number(case, request)))


def picture(desk: Desk, request: Request) -> Response:
    """A page of the source, as PNG."""
    case, page = _case(desk, request), request.path_params["page"]
    if page not in case.pages:
        raise HTTPException(404, "Die pagina is er niet.")
    made = desk.pictures.of(case, page, _scale(request))
    if made is None:
        raise HTTPException(404, "Dit document heeft geen afbeeldingen.")
    return Response(made.image, media_type="image/png")


def preview(desk: Desk, request: Request) -> Response:
    """The result as it would be published."""
    case = _case(desk, request)
    result = desk.results.of(case)
    return page(desk, "preview.html.j2", case=case, result=result)


def preview_picture(desk: Desk, request: Request) -> Response:
    """A page of the result, as PNG."""
    result = desk.results.of(_case(desk, request))
    page = request.path_params["page"]
    if not result.pictured or not 1 <= page <= result.pages:
        raise HTTPException(404, "Die pagina is er niet.")
    return Response(desk.pictures.of_result(result.file, page, _scale(request)).image, media_type="image/png")


def publishing(desk: Desk, request: Request) -> Response:
    """How far the writing of the folder is."""
    return JSONResponse(desk.publishing.progress().as_json())


def static(desk: Desk, request: Request) -> Response:
    """A style sheet or script of ours."""
    name = request.path_params["name"]
    if name not in _STATIC:
        raise HTTPException(404, "Dat bestand is er niet.")
    return Response(_asset(name), media_type=_STATIC[name])


def _case(desk: Desk, request: Request) -> Case:
    return desk.case(request.path_params["number"])


def _number(case: Case, request: Request) -> int:
    asked = _whole(request.query_params.get("page"), case.pages[0])
    return asked if asked in case.pages else case.pages[0]


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise


def _scale(request: Request) -> float:
    try:
        return min(6.0, max(0.1, float(request.query_params.get("scale", "1.5"))))
    except ValueError:
        return 1.5


@lru_cache
def _asset(name: str) -> bytes:
    package, folder = ("woo_anon.record", "templates") if name == "parts.css" else ("woo_anon.review", "static")
    return (resources.files(package) / folder / name).read_bytes()
