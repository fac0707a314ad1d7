"""Photos of a unit's task: add, look, erase. The only writer of photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from cyberweek.plan.models import TaskUnit
from cyberweek.supervision.models import Photo
from cyberweek.supervision.photos import MAX_BYTES, BadPhoto, are_alike, prepare
from cyberweek.supervision.scanning import Infected, ScannerAway, scan
from cyberweek.supervision.words import photo_words

MOST = 12  # photos of one task


class TooMany(Exception):
    """Raised when a task has as many photos as it may."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo as pages show it, without its bytes, with the tasks where one that looks alike was shown before."""

    pk: int
    digest: str
    width: int
    height: int
    alike: tuple[str, ...] = ()


def receive(pair: TaskUnit, files: Sequence[UploadedFile], *, at: datetime) -> list[str]:
    """Keep uploaded photos; says in a sentence each which were not kept, and why."""
    return [words for file in files if (words := _received(pair, file, at))]


def _received(pair: TaskUnit, file: UploadedFile, at: datetime) -> str:
    name = file.name or ""
    try:
        add_photo(pair, file.read(MAX_BYTES + 1), at=at, scanner=settings.SCANNER)
    except BadPhoto as error:
        return photo_words(error.reason, name)
    except TooMany:
        return photo_words("too-many", name)
    except Infected:
        return photo_words("infected", name)
    except ScannerAway:
        return photo_words("scanner-away", name)
    return ""


def add_photo(pair: TaskUnit, data: bytes, *, at: datetime, scanner: str) -> None:
    """Keep an uploaded photo; the same one again changes nothing. Raises BadPhoto, TooMany, Infected or ScannerAway."""
    prepared = prepare(data)
    scan(data, scanner)
    held = Photo.objects.filter(pair=pair)
    if held.filter(digest=prepared.digest).exists():
        return
    if held.count() >= MOST:
        raise TooMany
    Photo.objects.create(
        pair=pair, digest=prepared.digest, body=prepared.body, thumb=prepared.thumb, looks=f"{prepared.looks:016x}",
        width=prepared.width, height=prepared.height, added_at=at,
    )  # fmt: skip


def erase_photo(pair: TaskUnit, pk: int) -> bool:
    """Erase a photo for good; False when there is none of that number."""
    return bool(Photo.objects.filter(pair=pair, pk=pk).delete()[0])


def shots(pair: TaskUnit) -> list[Shot]:
    """The photos of a task, each with the tasks of the campaign that show one alike; two queries."""
    own = list(Photo.objects.filter(pair=pair).values_list("pk", "digest", "width", "height", "looks"))
    if not own:
        return []
    others = Photo.objects.filter(pair__task__campaign=pair.task.campaign_id).exclude(pair=pair)
    seen = [
        (int(looks, 16), f"{no} · {unit}")
        for looks, no, unit in others.values_list("looks", "pair__task__no", "pair__unit__name_zh")
    ]
    return [
        Shot(
            pk,
            digest,
            width,
            height,
            tuple(dict.fromkeys(where for it, where in seen if are_alike(int(looks, 16), it))),
        )
        for pk, digest, width, height, looks in own
    ]


def bytes_of(pair: TaskUnit, pk: int, *, small: bool) -> bytes | None:
    """A photo's JPEG, whole or small; None when there is none of that number."""
    found = Photo.objects.filter(pair=pair, pk=pk).values_list("thumb" if small else "body", flat=True).first()
    return bytes(found) if found is not None else None
