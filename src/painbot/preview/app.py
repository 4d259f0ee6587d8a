"""The preview as a web application on this machine alone: it reads the course folder and writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import jinja2
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from painbot import simulator
from painbot.content.diagnostics import closing_count
from painbot.core.delivery import PictureKind
from painbot.core.gates import CAREFUL, Gate, held
from painbot.preview.draft import Draft, Drafts
from painbot.preview.gate_words import WHO
from painbot.preview.page import Pages
from painbot.preview.stand_in import answers_for
from painbot.rendering.catalog import catalog
from painbot.safety import load_safety_net
from painbot.simulator.local_only import LocalOnly

ANSWERED: Final = "answered"
GATE: Final = "gate"
_INTERFACE_LANGUAGE: Final = "en"
_HERE: Final = Path(__file__).parent
_CHAT_STYLE: Final = Path(simulator.__file__).parent / "static"
_TYPES: Final = {PictureKind.PHOTO: "image/png", PictureKind.ANIMATION: "image/gif"}
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def build_preview(root: Path, language: str) -> Starlette:
    """Return the application that shows one course folder."""
    site = _Site(Drafts(root, language))
    routes = [
        Route("/", site.index, methods=["GET"]),
        Route("/show/{key}", site.show, methods=["GET"]),
        Route("/evidence", site.evidence, methods=["GET"]),
        Route("/pictures/{name}", site.picture, methods=["GET"]),
        Mount("/chat", StaticFiles(directory=_CHAT_STYLE)),
        Mount("/static", StaticFiles(directory=_HERE / "static")),
    ]
    return Starlette(routes=routes, middleware=[Middleware(LocalOnly)])


def gates_in(query: QueryParams) -> frozenset[Gate]:
    """Return the gates that count as yes: all of them where nothing was answered."""
    if ANSWERED not in query:
        return CAREFUL
    known = {gate.value: gate for gate in Gate}
    said = frozenset(known[name] for name in query.getlist(GATE) if name in known)
    return held(answers_for(said))


def query_of(gates: frozenset[Gate]) -> str:
    """Return the part of an address that carries these gates on, its question mark included."""
    if gates == CAREFUL:
        return ""
    return "?" + urlencode([(ANSWERED, "1"), *((GATE, gate.value) for gate in _listed(gates))])


class _Site:
    """The pages. Every request looks whether the folder has changed."""

    def __init__(self, drafts: Drafts) -> None:
        self._drafts = drafts
        self._words = catalog(_INTERFACE_LANGUAGE)
        self._safety = load_safety_net()
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    async def index(self, request: Request) -> Response:
        """The tree, and every problem of the course."""
        draft = await run_in_threadpool(self._drafts.now)
        return self._html("index.html", draft, request)

    async def show(self, request: Request) -> Response:
        """An item or card as somebody with the chosen gates meets it."""
        draft = await run_in_threadpool(self._drafts.now)
        key = request.path_params["key"]
        pages = Pages(draft, self._words, self._safety)
        page = await run_in_threadpool(pages.page, key, gates_in(request.query_params))
        if page is None:
            return self._html("missing.html", draft, request, status=404, key=key)
        return self._html("show.html", draft, request, page=page)

    async def evidence(self, request: Request) -> Response:
        """Every claim of the course, as authors see it."""
        draft = await run_in_threadpool(self._drafts.now)
        return self._html("evidence.html", draft, request)

    async def picture(self, request: Request) -> Response:
        """A picture of the course."""
        draft = await run_in_threadpool(self._drafts.now)
        name = request.path_params["name"]
        found = None
        if draft.pictures is not None and draft.course is not None:
            found = draft.pictures.find(draft.course.id, draft.language, name)
        if found is None:
            return PlainTextResponse("There is no such picture.\n", 404, headers=_HEADERS)
        return Response(found.content, media_type=_TYPES[found.kind], headers=_HEADERS)

    def _html(
        self, template: str, draft: Draft, request: Request, *, status: int = 200, **values: object
    ) -> Response:
        gates = gates_in(request.query_params)
        html = self._templates.get_template(template).render(
            draft=draft,
            title=draft.course.title if draft.course else draft.root.name,
            counted=closing_count(draft.problems, draft.files_read),
            path=request.url.path,
            gates=gates,
            careful=gates == CAREFUL,
            switches=_switches(gates),
            query=query_of(gates),
            all_clear=query_of(frozenset()),
            **values,
        )
        return HTMLResponse(html, status, headers=_HEADERS)


def _switches(gates: frozenset[Gate]) -> list[tuple[str, str, bool, bool]]:
    """Return (name, meaning, on, follows from other answers) for every gate."""
    return [(gate.value, WHO[gate], gate in gates, _follows(gate, gates)) for gate in Gate]


def _follows(gate: Gate, gates: frozenset[Gate]) -> bool:
    """Say whether a gate goes by other answers alone: it has none of its own, or they turn it on anyway."""
    return gate is Gate.PHARMACIST or gate in held(answers_for(gates - {gate}))


def _listed(gates: frozenset[Gate]) -> Iterable[Gate]:
    return (gate for gate in Gate if gate in gates)
