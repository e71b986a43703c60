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

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from woo_anon.document import Box, Role
from woo_anon.errors import WooAnonError
from woo_anon.policy.rulings import Area, Ruling
from woo_anon.record import wording
from woo_anon.record.overlay import Frame
from woo_anon.record.overlay import box as as_box
from woo_anon.review import acting, views
from woo_anon.review.acting import AskedWrongError
from woo_anon.review.case import Case, Mention
from woo_anon.review.folder import Folder
from woo_anon.review.pictures import Pictures
from woo_anon.review.publishing import Publishing
from woo_anon.review.result import Results
from woo_anon.review.whole import Whole
from woo_anon.trail.entry import Act, Kind
from woo_anon.trail.standing import State

_MOST_OPEN = 8  # documents whose decisions are held
_MOST_BODY = 64 * 1024  # bytes of a request
_STATIC = {"review.css": "text/css", "review.js": "text/javascript", "parts.css": "text/css"}
_OUTCOMES = {"approve": Kind.APPROVED, "refuse": Kind.REFUSED, "reopen": Kind.REOPENED}


@dataclass(frozen=True)
class Desk:
    """All that the requests need."""

    folder: Folder
    pictures: Pictures
    results: Results
    whole: Whole
    publishing: Publishing
    csrf: str

    @cached_property
    def _cases(self) -> OrderedDict[tuple[int, str], Case]:
        return OrderedDict()

    def case(self, number: int) -> Case:
        """A document as it stands now. Raises HTTPException and WooAnonError."""
        try:
            row = self.folder.row(number)
        except KeyError:
            raise HTTPException(404, "Dit document is er niet.") from None
        key = (row.number, "".join(one.sha256 for one in row.listed.outputs))
        before = self._cases.pop(key, None)
        case = before.with_row(row) if before else Case(row, self.folder.examined(row), self.folder.profile)
        self._cases[key] = case
        while len(self._cases) > _MOST_OPEN:
            self._cases.popitem(last=False)
        return case


def application(desk: Desk) -> Starlette:
    """The application, without its guard; what the first page would wait for is loaded."""
    import numpy  # what reads where the characters of a page stand

    del numpy
    for name in _environment().list_templates():
        _environment().get_template(name)
    routes = [
        Route("/", _bound(desk, dossier)),
        Route("/document/{number:int}", _bound(desk, document)),
        Route("/document/{number:int}/part", _bound(desk, part)),
        Route("/document/{number:int}/picture/{page:int}", _bound(desk, picture)),
        Route("/document/{number:int}/count", _asked(desk, count), methods=["POST"]),
        Route("/document/{number:int}/rule", _asked(desk, rule), methods=["POST"]),
        Route("/document/{number:int}/undo", _asked(desk, undo), methods=["POST"]),
        Route("/document/{number:int}/redo", _asked(desk, redo), methods=["POST"]),
        Route("/document/{number:int}/seen", _asked(desk, seen), methods=["POST"]),
        Route("/document/{number:int}/outcome", _asked(desk, outcome), methods=["POST"]),
        Route("/document/{number:int}/preview", _bound(desk, preview)),
        Route("/document/{number:int}/preview/{page:int}", _bound(desk, preview_picture)),
        Route("/publish", _asked(desk, publish), methods=["POST"]),
        Route("/publishing", _bound(desk, publishing)),
        Route("/static/{name}", _bound(desk, static)),
    ]
    handlers: dict[Any, Any] = {WooAnonError: _failed(desk), HTTPException: _not_there(desk)}
    return Starlette(routes=routes, exception_handlers=handlers)


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def dossier(desk: Desk, request: Request) -> Response:
    """The documents of the folder."""
    query = request.query_params
    asked = {"words": query.get("q", ""), "state": query.get("state", ""), "order": query.get("order", "naam")}
    shelf = views.shelf(desk.folder.rows(), **asked, page=_whole(query.get("page"), 1))
    return _page(desk, "folder.html.j2", shelf=shelf, asked=asked, publishing=desk.publishing.progress())


def document(desk: Desk, request: Request) -> Response:
    """One document at a page."""
    case = _case(desk, request)
    return _page(desk, "document.html.j2", case=case, **_parts(desk, case, _number(case, request)))


def part(desk: Desk, request: Request) -> Response:
    """What changes when another page is looked at."""
    case = _case(desk, request)
    return JSONResponse(_rendered(desk, case, _number(case, request)))


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
    return _page(desk, "preview.html.j2", case=case, result=result)


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


# ── Requests that add to the trail ────────────────────────────────────────────────────────────────────────────────────


def count(desk: Desk, case: Case, asked: Mapping[str, Any]) -> dict[str, Any]:
    """How many decisions a ruling would make, and where."""
    made, everywhere = _ruling(desk, case, asked)
    met = case.met_by(made)
    pages = sorted({mention.page for mention in met})
    answer: dict[str, Any] = {"mentions": len(met), "pages": pages}
    if everywhere:
        found = desk.whole.met_by(made)
        answer |= {"documents": len(found.documents), "all": found.mentions, "searched": found.searched}
    return answer


def rule(desk: Desk, case: Case, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Rule on a place, a person, a text or a part of a page."""
    made, everywhere = _ruling(desk, case, asked)
    if not case.meets(made):
        raise AskedWrongError("Dit verandert niets: die tekst staat er niet, of is al weg.")
    documents: tuple[str, ...] = ()
    if everywhere:
        desk.whole.gather()
        documents = tuple(dict.fromkeys((*desk.whole.met_by(made).documents, case.row.listed.source)))
    (added,) = desk.folder.add(
        acting.act(case, desk.folder.who, made, everywhere=everywhere, documents=documents, why=asked.get("why"))
    )
    return {"message": _said(desk.case(case.row.number).made_by(added.number), len(documents))}


def undo(desk: Desk, case: Case, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Take the last ruling back."""
    desk.folder.add(acting.undo(desk.folder.who, desk.folder.entries(case.row.listed.source)))
    return {"message": "Ongedaan gemaakt."}


def redo(desk: Desk, case: Case, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Take the last undoing back."""
    desk.folder.add(acting.redo(desk.folder.who, desk.folder.entries(case.row.listed.source)))
    return {"message": "Opnieuw gedaan."}


def seen(desk: Desk, case: Case, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Pages were looked at."""
    pages = asked.get("pages") or [asked.get("page")]
    if not isinstance(pages, list) or not set(pages) <= set(case.pages):
        raise AskedWrongError("Die pagina is er niet.")
    who, already = desk.folder.who, case.seen_by(desk.folder.who)
    acts = [
        Act(who, Kind.SEEN, case.row.listed.source, page=page, proposal=case.examined.on_pages[page])
        for page in pages
        if page not in already
    ]
    if acts:
        desk.folder.add(*acts)
    return {"message": ""}


def outcome(desk: Desk, case: Case, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Approve, refuse or reopen the document."""
    kind = _OUTCOMES.get(str(asked.get("outcome")))
    if kind is None:
        raise AskedWrongError("Onbekend verzoek.")
    bar = views.bar(case, desk.folder.who)
    if kind is Kind.APPROVED and not bar.all_seen:
        raise AskedWrongError(f"Bekijk eerst alle pagina’s: {bar.pages - len(bar.seen)} nog niet gezien.")
    if kind is Kind.REFUSED and not acting.reason(asked.get("why")):
        raise AskedWrongError("Geef een toelichting bij het weigeren.")
    proposal = case.examined.proposal if kind is Kind.APPROVED else ""
    why = acting.reason(asked.get("why"))
    desk.folder.add(Act(desk.folder.who, kind, case.row.listed.source, proposal=proposal, why=why))
    state = desk.folder.row(case.row.number).state
    return {"message": f"Stand van het document: {views.STATES[state].lower()}."}


def publish(desk: Desk, case: None, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Write the folder again with what was decided."""
    if not desk.publishing.start():
        raise AskedWrongError("De map wordt al geschreven.")
    return {"message": "De publicatieversies worden geschreven."}


# ── How requests are answered ─────────────────────────────────────────────────────────────────────────────────────────


def _case(desk: Desk, request: Request) -> Case:
    return desk.case(int(request.path_params["number"]))


def _ruling(desk: Desk, case: Case, asked: Mapping[str, Any]) -> tuple[Ruling, bool]:
    """The ruling that is asked for; a drawn box counts on the picture, and is put on the page."""
    made, everywhere = acting.ruling(case, asked)
    if isinstance(made.where, Area) and asked.get("scope") == "area":
        shown, page = made.where.box, made.where.page
        size = desk.pictures.of(case, page)
        if size is None:
            raise AskedWrongError("In dit document kunnen geen vlakken worden getekend.")
        on = Frame(shown.left, shown.bottom, shown.width, shown.height)  # left, top, right, bottom of the picture
        box = as_box(on, size.width_pt, size.height_pt, size.rotation)
        moved = Box(
            box.left + size.left_pt, box.bottom + size.bottom_pt, box.right + size.left_pt, box.top + size.bottom_pt
        )
        made = Ruling(0, Area(page, moved), made.action, made.ground, made.role, made.entity)
    return made, everywhere


def _said(met: tuple[Mention, ...], documents: int) -> str:
    done = "Gelakt" if any(mention.decision.removes for mention in met) else "Behouden"
    pages = sorted({mention.page for mention in met})
    where = f"pagina {pages[0]}" if len(pages) == 1 else f"{len(pages)} pagina’s"
    many = "1 vermelding" if len(met) == 1 else f"{len(met)} vermeldingen"
    also = f", en in {documents} documenten samen" if documents > 1 else ""
    return f"{done}: {many} op {where}{also}."


def _bound(desk: Desk, handle: Callable[[Desk, Request], Response]) -> Callable[[Request], Response]:
    def answer(request: Request) -> Response:
        return handle(desk, request)

    return answer


def _asked(desk: Desk, handle: Callable[[Desk, Any, Mapping[str, Any]], dict[str, Any]]) -> Callable[[Request], Any]:
    """Reads the JSON of a request, and answers with what the page shows then."""

    async def answer(request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST_BODY:
                return _refused("Dit verzoek is te groot.", 413)
        return await run_in_threadpool(handled, request, body)

    def handled(request: Request, body: bytes) -> Response:
        try:
            asked = json.loads(body or b"{}")
            if not isinstance(asked, dict):
                raise AskedWrongError("Onbekend verzoek.")
            case = _case(desk, request) if "number" in request.path_params else None
            said = handle(desk, case, asked)
            if case is None or handle is count:
                return JSONResponse(said)
            after = _case(desk, request)
            if handle is seen:
                return JSONResponse({**said, "bar": _bar(desk, after)})
            shown = asked.get("shown")
            number = shown if isinstance(shown, int) and shown in after.pages else after.pages[0]
            return JSONResponse({**said, **_rendered(desk, after, number)})
        except (AskedWrongError, json.JSONDecodeError, UnicodeDecodeError) as error:
            return _refused(str(error) if isinstance(error, AskedWrongError) else "Onbekend verzoek.", 409)

    return answer


def _refused(message: str, status: int) -> Response:
    return JSONResponse({"error": message}, status)


def _failed(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, WooAnonError)
        if request.method == "POST" or request.url.path.endswith("/part"):
            return _refused(f"{error.message} {error.remedy}", 409)
        return _page(desk, "error.html.j2", status=409, message=error.message, remedy=error.remedy)

    return answer


def _not_there(desk: Desk) -> Callable[[Request, Exception], Response]:
    def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.method == "POST":
            return _refused(error.detail, error.status_code)
        return _page(desk, "error.html.j2", status=error.status_code, message=error.detail, remedy="")

    return answer


def _parts(desk: Desk, case: Case, number: int) -> dict[str, Any]:
    return {
        "sheet": views.sheet(case, number, desk.pictures.of(case, number)),
        "groups": views.groups(case, number),
        "bar": views.bar(case, desk.folder.who),
        "number": case.row.number,
    }


def _rendered(desk: Desk, case: Case, number: int) -> dict[str, Any]:
    parts = _parts(desk, case, number)
    names = {"sheet": "_sheet.html.j2", "people": "_people.html.j2", "bar": "_bar.html.j2"}
    render = {
        key: _environment().get_template(name).render(case=case, desk=desk, **parts) for key, name in names.items()
    }
    return {**render, "shown": number, "doubts": parts["bar"].doubts, "seen": sorted(parts["bar"].seen)}


def _bar(desk: Desk, case: Case) -> str:
    return _environment().get_template("_bar.html.j2").render(case=case, bar=views.bar(case, desk.folder.who))


def _page(desk: Desk, name: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(_environment().get_template(name).render(desk=desk, **values), status)


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


@lru_cache(1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("woo_anon.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        wording=wording, States=State, STATES=views.STATES, ORDERS=views.ORDERS, ROLES=wording.ROLES, Role=Role
    )
    return environment


@lru_cache
def _asset(name: str) -> bytes:
    package, folder = ("woo_anon.record", "templates") if name == "parts.css" else ("woo_anon.review", "static")
    return (resources.files(package) / folder / name).read_bytes()
