"""Parts of a zipped document, read so that neither a lying size nor a bomb costs more than the limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from cyberweek.kernel.text import mark
from cyberweek.questions.formats.outcome import Unreadable

MOST_PART = 24 * 1024 * 1024
MOST_TOTAL = 120 * 1024 * 1024
MOST_PARTS = 2_000
_BROKEN = (mark("压缩结构已损坏，打不开"), mark("请用 Excel 或 WPS 重新另存为 .xlsx"))
_HUGE = (mark("文件解压后太大"), mark("请删去图片和空白的行列，另存为新的 .xlsx"))


def opened(data: bytes) -> zipfile.ZipFile:
    """Open an archive and read through every part once; raises Unreadable for what is encrypted, broken or too large."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError):
        raise Unreadable(*_BROKEN) from None
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(mark("文件设有密码"), mark("请去掉密码后重新上传"))
    if len(entries) > MOST_PARTS or len({entry.filename for entry in entries}) < len(entries):
        raise Unreadable(*_HUGE)
    left = MOST_TOTAL
    for entry in entries:
        left -= _length(archive, entry, min(left, MOST_PART))
    return archive


def _length(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> int:
    length = 0
    try:
        with archive.open(entry) as stream:
            while block := stream.read(1 << 16):
                length += len(block)
                if length > most:
                    raise Unreadable(*_HUGE)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        raise Unreadable(*_BROKEN) from None
    return length
