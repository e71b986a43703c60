"""The HTML of the review: whole pages, and the parts of a document's page that change."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse, JSONResponse, Response

from woo_anon import templating
from woo_anon.document import Role
from woo_anon.record import wording
from woo_anon.review import views
from woo_anon.review.case import Case
from woo_anon.review.desk import Desk
from woo_anon.trail.standing import State


def prepare() -> None:
    """Load what the first page would wait for."""
    import numpy  # what reads where the characters of a page stand

    del numpy
    for name in _environment().list_templates():
        _environment().get_template(name)


def parts(desk: Desk, case: Case, number: int) -> dict[str, Any]:
    """What the templates print of a document at a page."""
    return {
        "sheet": views.sheet(case, number, desk.pictures.of(case, number)),
        "groups": views.groups(case, number),
        "bar": views.bar(case, desk.folder.who),
        "number": case.row.number,
    }


def changing(desk: Desk, case: Case, number: int) -> dict[str, Any]:
    """The parts of a document's page that change, with what the script needs of them."""
    made = parts(desk, case, number)
    names = {"sheet": "_sheet.html.j2", "people": "_people.html.j2", "bar": "_bar.html.j2"}
    render = {
        key: _environment().get_template(name).render(case=case, desk=desk, **made) for key, name in names.items()
    }
    return {**render, "shown": number, "doubts": made["bar"].doubts, "seen": sorted(made["bar"].seen)}


def bar(desk: Desk, case: Case) -> str:
    """The bar with the figures of a document."""
    return _environment().get_template("_bar.html.j2").render(case=case, bar=views.bar(case, desk.folder.who))


def page(desk: Desk, name: str, status: int = 200, **values: Any) -> Response:
    """A whole page, of the template `name`."""
    return HTMLResponse(_environment().get_template(name).render(desk=desk, **values), status)


def refused(message: str, status: int) -> Response:
    """An answer to the script that says what was wrong."""
    return JSONResponse({"error": message}, status)


@lru_cache(1)
def _environment() -> Environment:
    environment = templating.environment("woo_anon.review")
    environment.globals.update(
        wording=wording, States=State, STATES=views.STATES, ORDERS=views.ORDERS, ROLES=wording.ROLES, Role=Role
    )
    return environment
