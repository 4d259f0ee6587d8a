"""The claims as pages of the book: what may be said, how sure it is, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

from reportlab.platypus import Flowable, KeepTogether, Paragraph

from painbot.content.schema.evidence import Claim, Figure, Source
from painbot.preview.book.document import Heading
from painbot.preview.book.parts import claim_anchor, item_anchor
from painbot.preview.book.prose import labelled, link, linked, plain
from painbot.preview.book.styles import CLAIM, DEEPER, LABEL, SMALL, SMALL_LABEL

STRENGTHS: Final[Mapping[str, str]] = {
    "strong": "Strong: many good studies agree.",
    "moderate": "Moderate: good studies point this way, with some doubt left.",
    "limited": "Limited: there are few studies, or they differ.",
    "very-limited": "Very limited: it is early, and could well change.",
}


def claim_pages(claim: Claim, number: int, used_in: Sequence[tuple[str, str]]) -> Iterator[Flowable]:
    """Yield one claim; `used_in` are (anchor, name) of the items and cards that rest on it."""
    heading = Heading(f"{number}  {claim.id}", CLAIM, level=1, anchor=claim_anchor(number), listed=False)
    say, *more = labelled("May be said:", claim.say)
    yield KeepTogether([heading, plain(STRENGTHS[claim.strength], LABEL), say])
    yield from more
    yield from labelled("Not to be said:", claim.do_not_say)
    if claim.cautions:
        yield plain("Cautions", SMALL_LABEL)
        for caution in claim.cautions:
            yield Paragraph(escape(caution), DEEPER)
    if claim.figures:
        yield plain("Figures", SMALL_LABEL)
        for figure in claim.figures:
            yield plain(_figure(figure), DEEPER)
    sources: list[Flowable] = [_source(source) for source in claim.sources]
    yield KeepTogether([plain("Sources", SMALL_LABEL), *sources[:1]])
    end: list[Flowable] = [plain(_reviewed(claim), LABEL)]
    if used_in:
        pieces = ["Used in "]
        for position, (anchor, name) in enumerate(used_in):
            pieces.append(", " if position else "")
            pieces.append(link(item_anchor(anchor), name))
        end.append(linked(pieces, LABEL))
    yield from sources[1:-1]
    yield KeepTogether([*sources[1:][-1:], *end])


def _figure(figure: Figure) -> str:
    said = f"{figure.what}: {figure.value}" if figure.value else figure.what
    source = f" ({figure.source})" if figure.source else ""
    note = f" Note: {figure.note}" if figure.note else ""
    unseen = " Not seen: recalled, to be checked." if figure.seen is False else ""
    return f"{said}{source}.{note}{unseen}".replace("..", ".")


def _source(source: Source) -> Paragraph:
    pieces = [escape(source.cite), ". "]
    if source.doi:
        pieces += [link(f"https://doi.org/{source.doi}", f"doi:{source.doi}"), ". "]
    elif source.url and source.url.startswith("https://"):
        pieces += [link(source.url, source.url), ". "]
    if source.note:
        pieces.append(f"Note: {escape(source.note)} ")
    pieces.append("<b>Seen.</b>" if source.seen else "<b>Not seen: recalled, to be checked.</b>")
    return linked(pieces, SMALL)


def _reviewed(claim: Claim) -> str:
    if claim.reviewed_on is None:
        return f"Compiled {claim.compiled}, not yet reviewed by a clinician."
    return f"Compiled {claim.compiled}, reviewed by a clinician {claim.reviewed_on}."
