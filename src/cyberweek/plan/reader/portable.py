"""A .pdf with a text layer → numbered lines with page notes.

The parser runs in a process of its own with limits on time and memory: a hostile file can cost nothing else.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys

import msgspec

from cyberweek.plan.reader.source import Line, clean
from cyberweek.plan.reader.unreadable import Unreadable

MAX_PAGES = 120
MAX_SECONDS = 45
MAX_MEMORY = 1536 * 1024 * 1024
_REFUSALS = {
    3: ("PDF 设有密码", "请去掉密码后重新上传"),
    4: (f"PDF 超过 {MAX_PAGES} 页，不像一份方案", "请只上传方案正文"),
    5: ("PDF 已损坏，无法解析", "请重新导出 PDF，或上传 .docx"),
}


def read_lines(data: bytes) -> list[Line]:
    """Read the text of each page, tables as rows with cells."""
    rows = msgspec.json.decode(_run(data), type=list[tuple[int, str, list[str]]])
    if not any(text.strip() for _, text, _ in rows):
        raise Unreadable("PDF 没有文字层，可能是扫描件", way_out="请先做文字识别，或上传 .docx")
    return [Line(number, clean(text), tuple(cells), page) for number, (page, text, cells) in enumerate(rows, 1)]


def _run(data: bytes) -> bytes:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=MAX_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise Unreadable(f"PDF 在 {MAX_SECONDS} 秒内没有读完", way_out="请重新导出 PDF，或上传 .docx") from error
    if done.returncode == 0:
        return done.stdout
    cause, way_out = _REFUSALS.get(done.returncode, _REFUSALS[5])
    raise Unreadable(cause, way_out=way_out)


def main() -> int:
    """Read a PDF from standard input and write its rows as JSON; the exit code says why not."""
    _limit()
    import pdfplumber  # noqa: PLC0415 -- only this process may load the parser
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415 -- as above
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415 -- as above

    try:
        with pdfplumber.open(io.BytesIO(sys.stdin.buffer.read())) as document:
            if len(document.pages) > MAX_PAGES:
                return 4
            rows = [row for page in document.pages for row in _page(page)]
    except (PDFPasswordIncorrect, PDFEncryptionError):
        return 3
    except PdfminerException as error:
        return 3 if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect | PDFEncryptionError) else 5
    sys.stdout.buffer.write(msgspec.json.encode(rows))
    return 0


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


def _page(page) -> list[tuple[int, str, list[str]]]:
    rows: list[tuple[int, str, list[str]]] = []
    left, top, right, bottom = page.bbox
    for table in sorted(page.find_tables(), key=lambda each: each.bbox[1]):
        if len(table.rows) < 2 or table.bbox[1] < top:
            continue
        rows += _strip(page, (left, top, right, table.bbox[1]))
        rows += [_row(page.page_number, cells) for cells in table.extract()]
        top = min(table.bbox[3], bottom)
    rows += _strip(page, (left, top, right, bottom))
    page.close()
    return rows


def _strip(page, box) -> list[tuple[int, str, list[str]]]:
    if box[3] - box[1] < 1:
        return []
    text = page.crop(box).extract_text() or ""
    return [(page.page_number, line, []) for line in text.split("\n")]


def _row(number: int, cells: list[str | None]) -> tuple[int, str, list[str]]:
    texts = [(cell or "").replace("\n", "") for cell in cells]
    return number, " ".join(text for text in texts if text), texts


if __name__ == "__main__":
    sys.exit(main())
