"""Whatever comes in, the answer is a plan or one clear sentence, in bounded time and memory; never a trace."""

from __future__ import annotations

import contextlib
import io
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyberweek.plan.reader.read import read
from cyberweek.plan.reader.unreadable import Unreadable

TEXT = (Path(__file__).parent / "texts" / "district.txt").read_text(encoding="utf-8")
MEGA = 1024 * 1024


def refusal(data: bytes, name: str) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, name)
    return str(refused.value)


def word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * megabytes * MEGA)
    return out.getvalue()


def pdf_of(text: str, folder: Path) -> bytes:
    (folder / "plan.txt").write_text(text, encoding="utf-8-sig")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder]
    subprocess.run([*command, folder / "plan.txt"], check=True, capture_output=True, timeout=180)
    return (folder / "plan.pdf").read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_may_have_any_common_encoding(encoding):
    assert read(TEXT.encode(encoding), "plan.txt") == read(TEXT.encode(), "plan.txt")


def test_word_says_what_the_text_says():
    assert read(word(TEXT), "plan.docx").activities == read(TEXT.encode(), "plan.txt").activities


def test_a_pdf_with_a_text_layer_says_what_the_text_says(tmp_path):
    found = read(pdf_of(TEXT, tmp_path), "plan.pdf")

    assert [each.name for each in found.activities] == [each.name for each in read(TEXT.encode(), "a.txt").activities]
    assert (found.start, found.end) == ("2019-09-16", "2019-09-22")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.txt", "空"),
        (b"  \n \n", "a.txt", "空"),
        (bytes(range(256)) * 64, "a.txt", "编码无法识别"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "a.png", "图片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 200, "a.doc", "旧版"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "密码"),
        (b"{\\rtf1 plan}", "a.rtf", "RTF"),
        (b"PK\x03\x04" + b"\0" * 100, "a.docx", "请"),
        (b"%PDF-1.7\nnothing that a reader could use", "a.pdf", "PDF"),
        ("今天天气很好，适合散步。".encode(), "a.txt", "不像一份方案"),
        (b"An English text about cyber security awareness.", "a.txt", "中文"),
        ("我市将举办网络安全宣传周活动。".encode(), "a.txt", "只有一句话"),
        (b"\xff" * 100, "a.txt", "编码无法识别"),
    ],
)
def test_a_bad_file_gets_one_sentence_with_a_way_out(data, name, said):
    sentence = refusal(data, name)

    assert said in sentence
    assert "请" in sentence
    assert "\n" not in sentence


def test_a_password_on_a_pdf_is_named(tmp_path):
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8-sig")
    options = 'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    options += '"DocumentOpenPassword":{"type":"string","value":"x"}}'
    command = ["soffice", profile, "--headless", "--convert-to", options, "--outdir", tmp_path, tmp_path / "plan.txt"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)

    assert "密码" in refusal((tmp_path / "plan.pdf").read_bytes(), "plan.pdf")


def test_two_hundred_megabytes_are_refused_at_once():
    begun = time.process_time()

    assert "上限" in refusal(b"a" * 200 * MEGA, "a.txt")
    assert time.process_time() - begun < 1


def test_a_zip_bomb_costs_neither_time_nor_memory():
    data = bomb(900)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.monotonic()

    assert refusal(data, "a.docx")

    assert time.monotonic() - begun < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_the_command_line_answers_with_a_sentence_and_a_code(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\xff" * 100)

    done = subprocess.run(
        [sys.executable, "-m", "cyberweek.plan.commands", "plan", "check", tmp_path / "a.txt"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert done.stderr.startswith("无法读取：")
    assert "Traceback" not in done.stderr


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_plan_or_a_refusal(data):
    with contextlib.suppress(Unreadable):
        read(data, "a.txt")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(TEXT.splitlines()), max_size=30))
def test_any_shuffled_plan_is_a_plan_or_a_refusal(lines):
    with contextlib.suppress(Unreadable):
        read("\n".join(lines).encode(), "a.txt")
