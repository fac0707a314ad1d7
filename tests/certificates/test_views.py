"""Printing and checking certificates over HTTP."""

from __future__ import annotations

import io
import json
import logging
import re

import pdfplumber
import pytest

URL = "/certificates/quiz/"


def words(answer) -> str:
    with pdfplumber.open(io.BytesIO(answer.content)) as sheet:
        return "".join(page.extract_text() for page in sheet.pages).replace("\n", " ")


def text_of(house, activity, client) -> str:
    """The text in the code of the certificate that this device is given."""
    from django.conf import settings

    from cyberweek.certificates import queries, statement
    from cyberweek.people.vault import Vault

    passed = queries.passed_in(activity, client.cookies[f"cw_attempt_{activity.pk}"].value)
    made = queries.statement_of(activity, passed, Vault(settings.TICKET_KEY, bytes))
    return statement.sign(made, statement.key_from(settings.CERTIFICATE_KEY))


def test_whoever_passed_is_given_a_sheet_with_the_name_they_typed(device):
    answer = device().post(URL, {"name": "欧阳㸃𠮷"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    assert "欧阳㸃𠮷" in words(answer)
    assert "答对 4 题，共 4 题，成绩合格。" in words(answer)


def test_without_a_name_there_is_a_line_to_write_on(device):
    assert "（姓名）" in words(device().post(URL, {"name": ""}))


def test_an_english_sheet_is_english(device):
    said = words(device().post(f"/en{URL}", {"name": "Ada"}))

    assert "4 of 4 answers right, passed." in said
    assert re.findall(r"[\u4e00-\u9fff]+", said.replace("示例网安周", "").replace("示例答题", "")) == []


def test_a_name_is_neither_kept_nor_logged(device, house, caplog):
    name = "赵钱孙李周吴郑王"
    with caplog.at_level(logging.DEBUG):
        answer = device().post(URL, {"name": name})
    store = house.store()
    tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    dump = "".join(str(store.execute(f'SELECT * FROM "{table}"')) for table in tables)
    store.close()

    assert answer.status_code == 200
    assert (name in dump, name in caplog.text, name in str(answer.headers)) == (False, False, False)


@pytest.mark.parametrize(
    ("name", "said"), [("Ǆ", "打印不出来的字"), ("\u0007", "打印不出来的字"), ("长" * 41, "最多四十个字")]
)
def test_a_name_that_cannot_be_printed_is_refused_with_a_way_out(device, name, said):
    answer = device().post(URL, {"name": name})

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("paper", [{"right": False}, {"group": 5}, {"mode": 1}, {"mode": 17}])
def test_nobody_else_is_given_one(device, paper):
    client = device(**paper)

    statuses = [client.get(URL).status_code, client.post(URL, {"name": "x"}).status_code]

    assert statuses == [404, 404]


def test_a_device_without_a_paper_is_told_what_to_do(client, published):
    published()

    answer = client.get(URL)

    assert (answer.status_code, "没有一份合格的今日答卷" in answer.content.decode()) == (404, True)


def test_the_same_paper_is_the_same_certificate(device, house, activity):
    client = device()

    assert text_of(house, activity, client) == text_of(house, activity, client)


def test_a_genuine_text_is_confirmed_without_a_script(device, house, activity):
    client = device()
    text = text_of(house, activity, client)

    pages = [
        client.post("/verify/", {"text": each}).content.decode() for each in (text, f"http://localhost/verify/#{text}")
    ]

    assert ["这张证书是真的" in page.split("</cw-island>")[0].rpartition("data-props")[2] for page in pages] == [
        True,
        True,
    ]
    assert all("示例网安周　示例答题" in page and "答对 4 题，共 4 题" in page for page in pages)


@pytest.mark.parametrize(
    "edit", [lambda text: text[:40] + "x" + text[41:], lambda text: text[:-1], lambda _text: "x.y"]
)
def test_an_edited_text_is_found(device, house, activity, edit):
    client = device()

    page = client.post("/verify/", {"text": edit(text_of(house, activity, client))}).content.decode()

    assert 'id="verdict"' in page
    assert re.search(r'id="verdict"><p><strong>([^<]*)', page)[1] == "这不是本站签发的证书，或者内容被改过"


@pytest.mark.parametrize("text", ["", "x" * 2_001])
def test_what_cannot_be_a_text_is_asked_for_again(client, published, text):
    published()

    assert client.post("/verify/", {"text": text}).status_code == 422


def test_the_key_is_published_where_it_always_is(client, house):
    from django.conf import settings

    from cyberweek.certificates import statement

    published_key = json.loads(client.get("/verify/key/").content)

    assert published_key["public_key"] == statement.public_text(statement.key_from(settings.CERTIFICATE_KEY))
    assert set(published_key) == {"format", "algorithm", "public_key", "signed", "context"}


def test_checking_asks_for_a_constant_number_of_queries(client, published, activity, queries):
    published()

    assert queries(lambda: client.get("/verify/")) == 2
