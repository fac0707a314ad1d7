"""The house speaks English wherever it speaks Chinese: every message of a package has its translation beside it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[2] / "src" / "cyberweek"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "mark": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def packages() -> list[Path]:
    """Each Django app, and each package that only has words for one."""
    apps = {path.parent for path in SOURCE.rglob("apps.py")}
    rooms = {path for path in SOURCE.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    return sorted((apps | rooms) - {SOURCE / "activities"})


@pytest.mark.parametrize("package", packages(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_message_has_its_english_beside_it(package: Path):
    used = messages_in(package)

    catalog = catalog_of(package)

    missing = {key: where for key, where in used.items() if not is_translated(catalog, key)}
    assert missing == {}


@pytest.mark.parametrize("package", packages(), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_translation_is_uncertain_or_empty(package: Path):
    catalog = catalog_of(package)

    doubtful = [message.id for message in catalog if message.id and (message.fuzzy or not _has_words(message.string))]
    assert doubtful == []


def messages_in(package: Path) -> dict[tuple[str, str], str]:
    """Every message of a package as (context, id), with the first place that uses it; apps within are their own."""
    found: dict[tuple[str, str], str] = {}
    for path in _files(package):
        for line, message, _comments, context in extract("python", io.BytesIO(_code(path)), keywords=KEYWORDS):
            singular = message[0] if isinstance(message, tuple) else message
            found.setdefault((context or "", singular), f"{path.relative_to(SOURCE)}:{line}")
    return found


def catalog_of(package: Path) -> Catalog:
    path = package / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as text:
        return read_po(text, locale="en", abort_invalid=True)


def is_translated(catalog: Catalog, key: tuple[str, str]) -> bool:
    message = catalog.get(key[1], context=key[0] or None)
    return message is not None and not message.fuzzy and _has_words(message.string)


def _has_words(translated: str | tuple[str, ...] | list[str]) -> bool:
    return bool(translated) and (isinstance(translated, str) or all(translated))


def _files(package: Path) -> Iterator[Path]:
    inner = [path.parent for path in package.rglob("apps.py") if path.parent != package]
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.html")]):
        if "migrations" not in path.parts and not any(each in path.parents for each in inner):
            yield path


def _code(path: Path) -> bytes:
    text = path.read_text(encoding="utf-8")
    return (templatize(text, origin=str(path)) if path.suffix == ".html" else text).encode()
