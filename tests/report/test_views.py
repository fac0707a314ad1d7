"""The summary in the console: texts, head-counts, editions and their documents."""

from __future__ import annotations

import hashlib
import io
import zipfile

import docx
import pytest

from cyberweek.ledger.queries import head
from cyberweek.report.models import Edition, Passage
from cyberweek.report.queries import head_counts
from tests.factories import people, plan
from tests.factories.facts import answer
from tests.factories.units import unit


@pytest.fixture
def office(house):
    """The organiser's browser in a week with one quiz that one participant answered."""
    unit("bureau", name_zh="示例局")
    quiz = plan.activity(plan.campaign(), 1, kind="quiz", name_zh="有奖知识问答")
    answer(house.writer, activity=quiz.pk, participant=7, at=house.at, stream=1)
    house.count()
    return people.browser(people.staff("office", "organiser"))


def count_form(**values: object) -> dict[str, object]:
    from cyberweek.plan.models import Activity

    quiz = Activity.objects.get()
    given = {"activity": quiz.pk, "unit": unit("bureau").pk, "day": "2026-11-24", "people": "120", "method": "measured"}
    return {**given, "evidence": "list-1", **values}


def said(browser, path: str = "/console/report/") -> str:
    return browser.get(path).content.decode()


def test_without_a_campaign_the_page_says_what_comes_first(house):
    assert "确认方案以后" in said(people.browser(people.staff("office", "organiser")))


def test_a_text_is_kept_and_shown(office):
    office.post("/console/report/passages/", {"heading": "problems", "revision": "0", "text": "雨天人少。"})

    assert "雨天人少。" in said(office)
    assert Passage.objects.get().revision == 1


def test_whoever_would_write_over_a_newer_text_sees_both_and_can_bring_them_together(office):
    office.post("/console/report/passages/", {"heading": "next", "revision": "0", "text": "先写的"})

    refused = office.post("/console/report/passages/", {"heading": "next", "revision": "0", "text": "后写的"})

    assert refused.status_code == 409
    page = refused.content.decode()
    assert ("先写的</blockquote>" in page, "后写的</textarea>" in page) == (True, True)
    assert Passage.objects.get().text == "先写的"
    office.post("/console/report/passages/", {"heading": "next", "revision": "1", "text": "两段合起来"})
    assert Passage.objects.get().text == "两段合起来"


def test_a_heading_that_is_none_is_not_found(office):
    answer = office.post("/console/report/passages/", {"heading": "gossip", "revision": "0", "text": "x"})

    assert answer.status_code == 404
    assert Passage.objects.count() == 0


def test_a_head_count_is_recorded_counted_and_voided(house, office):
    office.post("/console/report/head-counts/", count_form())
    house.count()
    assert "各单位报送线下参与120人次" in said(office)

    counted = head_counts()[0]
    office.post(f"/console/report/head-counts/{counted.n}/void/")

    assert [(each.people, each.is_voided) for each in head_counts()] == [(120, True)]
    assert office.post(f"/console/report/head-counts/{counted.n}/void/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"people": "-1"}, {"evidence": "张三 13800000000"}, {"method": "guessed"}, {"day": ""}]
)
def test_a_head_count_that_nobody_could_believe_is_refused(office, wrong):
    before = head()

    assert office.post("/console/report/head-counts/", count_form(**wrong)).status_code == 422
    assert head() == before


def test_an_edition_is_frozen_and_becomes_a_document_and_tables(office):
    made = office.post("/console/report/editions/")
    assert made["Location"] == "/console/report/editions/1/"

    written = office.get("/console/report/editions/1/summary.docx")
    tables = office.get("/console/report/editions/1/figures.xlsx")

    text = "\n".join(each.text for each in docx.Document(io.BytesIO(written.content)).paragraphs)
    assert "网上知识问答共有1台设备参与，作答1题次" in text
    assert written["Content-Disposition"] == 'attachment; filename="summary-1.docx"'
    assert "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(tables.content)).namelist()


def test_an_edition_says_the_same_after_more_has_happened(house, office):
    office.post("/console/report/editions/")
    frozen = bytes(Edition.objects.get().body)
    office.post("/console/report/passages/", {"heading": "overview", "revision": "0", "text": "后来写的"})
    answer(house.writer, activity=1, participant=8, at=house.at, stream=2)
    house.count()

    assert bytes(Edition.objects.get().body) == frozen
    assert "后来写的" not in said(office, "/console/report/editions/1/")
    assert office.get("/console/report/editions/2/").status_code == 404


def test_an_edition_is_downloaded_as_the_bytes_that_its_digest_names(office):
    office.post("/console/report/editions/")

    written = office.get("/console/report/editions/1/edition.json")

    assert hashlib.sha256(written.content).hexdigest() == Edition.objects.get().digest
    assert written["Content-Disposition"] == 'attachment; filename="edition-1.json"'


def test_a_correction_lists_what_it_says_otherwise(office):
    office.post("/console/report/editions/")
    office.post("/console/report/passages/", {"heading": "problems", "revision": "0", "text": "雨天人少。"})
    office.post("/console/report/editions/")
    office.post("/console/report/editions/")

    assert "与上一版的差别" not in said(office, "/console/report/editions/1/")
    assert "<td>雨天人少。</td>" in said(office, "/console/report/editions/2/")
    assert "与上一版没有差别。" in said(office, "/console/report/editions/3/")
