"""What is asked in the review and adds to the trail: rulings, undo, pages seen, outcomes; writing the folder again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from woo_anon.geometry import Box
from woo_anon.policy.rulings import Area, Ruling
from woo_anon.record.overlay import Frame
from woo_anon.record.overlay import box as as_box
from woo_anon.review import acting, rendering, views
from woo_anon.review.acting import AskedWrongError
from woo_anon.review.case import Case, Mention
from woo_anon.review.desk import Desk
from woo_anon.trail.entry import Act, Kind

_MOST_BODY = 64 * 1024  # bytes of a request
_OUTCOMES = {"approve": Kind.APPROVED, "refuse": Kind.REFUSED, "reopen": Kind.REOPENED}


def asked_by_script(
    desk: Desk, handle: Callable[[Desk, Any, Mapping[str, Any]], dict[str, Any]]
) -> Callable[[Request], Any]:
    """Reads the JSON of a request, and answers with what the page shows then."""

    async def answer(request: Request) -> Response:
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _MOST_BODY:
                return rendering.refused("Dit verzoek is te groot.", 413)
        return await run_in_threadpool(handled, request, body)

    def handled(request: Request, body: bytes) -> Response:
        try:
            asked = json.loads(body or b"{}")
            if not isinstance(asked, dict):
                raise AskedWrongError("Onbekend verzoek.")
            case = desk.case(request.path_params["number"]) if "number" in request.path_params else None
            said = handle(desk, case, asked)
            if case is None or handle is count:
                return JSONResponse(said)
            after = desk.case(case.row.number)
            if handle is seen:
                return JSONResponse({**said, "bar": rendering.bar(desk, after)})
            shown = asked.get("shown")
            number = shown if isinstance(shown, int) and shown in after.pages else after.pages[0]
            return JSONResponse({**said, **rendering.changing(desk, after, number)})
        except (AskedWrongError, json.JSONDecodeError, UnicodeDecodeError) as error:
            return rendering.refused(str(error) if isinstance(error, AskedWrongError) else "Onbekend verzoek.", 409)

    return answer


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
