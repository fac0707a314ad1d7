"""A first look into a workbook before its values are taken: how far its cells reach, and which of them are formulas.

Reads the sheets' XML as a stream, so that a sheet that claims a million rows costs nothing and one that has them is refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring, iterparse

from cyberweek.kernel.text import mark
from cyberweek.questions.formats.outcome import Unreadable

MOST_AREA = 1_000_000
MOST_ROWS = 20_000
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BROKEN = (mark("工作簿已损坏，读不完"), mark("请用 Excel 或 WPS 重新另存为 .xlsx"))
_VALUES = {"v", "is", "f"}


class Sheet(msgspec.Struct):
    """How far the filled cells of a sheet reach (rows and columns from 1), and its formulas: row → columns from 0."""

    height: int = 0
    width: int = 0
    formulas: dict[int, list[int]] = {}

    @property
    def is_filled(self) -> bool:
        return self.height > 0


def sheets_in(archive: zipfile.ZipFile) -> dict[str, Sheet]:
    """Every sheet by its name. Raises Unreadable for entities, for broken XML, and for cells that lie too far apart."""
    try:
        links = {each.get("Id"): each.get("Target", "") for each in _root(archive, "xl/_rels/workbook.xml.rels")}
        found = {}
        for each in _root(archive, "xl/workbook.xml").iter():
            if _local(each.tag) == "sheet":
                target = links.get(each.get(_LINK), "")
                path = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
                if path in archive.NameToInfo and "worksheet" in path:
                    found[each.get("name", "")] = _sheet(archive, path)
    except DefusedXmlException:
        raise Unreadable(mark("文件里有实体或文档类型声明"), mark("请用 Excel 或 WPS 重新另存为 .xlsx")) from None
    except (ParseError, KeyError, ValueError, RecursionError):
        raise Unreadable(*_BROKEN) from None
    return found


def name_of(column: int, row: int) -> str:
    """C5 for the third column of row five."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _root(archive: zipfile.ZipFile, name: str) -> Element:
    return fromstring(archive.read(name), forbid_dtd=True)


def _sheet(archive: zipfile.ZipFile, path: str) -> Sheet:
    sheet = Sheet(formulas={})
    with archive.open(path) as stream:
        for row, column, is_formula in _filled(stream):
            sheet.height, sheet.width = max(sheet.height, row), max(sheet.width, column + 1)
            if is_formula:
                sheet.formulas.setdefault(row, []).append(column)
            if sheet.height * sheet.width > MOST_AREA or sheet.height > MOST_ROWS:
                raise Unreadable(
                    mark("工作表太大：有内容的格子一直到 %(cell)s"),
                    mark("请删去下方和右侧多余的行列"),
                    cell=name_of(column, row),
                )
    return sheet


def _filled(stream) -> Iterator[tuple[int, int, bool]]:
    """(row, column, is a formula) of each cell that holds something; forgets what it has passed."""
    row, column, parents = 0, -1, []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        tag = _local(element.tag)
        if event == "start":
            parents.append(element)
            if tag == "row":
                row, column = int(element.get("r") or row + 1), -1
            elif tag == "c":
                column = _column(element.get("r")) if element.get("r") else column + 1
            continue
        parents.pop()
        if tag == "c" and any(_local(each.tag) in _VALUES for each in element):
            yield row, column, any(_local(each.tag) == "f" for each in element)
        if tag in ("c", "row") and parents:
            parents[-1].remove(element)


def _column(coordinate: str) -> int:
    column = 0
    for sign in coordinate:
        if not sign.isalpha():
            break
        column = column * 26 + ord(sign.upper()) - 64
    return column - 1


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
