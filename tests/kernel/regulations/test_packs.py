"""What is law on a day."""

from __future__ import annotations

from datetime import date

import pytest

from cyberweek.kernel.regulations import UnknownLaw, citation, in_force, pack_on


@pytest.mark.parametrize(
    ("day", "begins"), [("2021-10-11", "2021-10-01"), ("2025-12-31", "2021-10-01"), ("2026-01-01", "2026-01-01")]
)
def test_a_pack_holds_until_the_next_begins(day, begins):
    assert pack_on(date.fromisoformat(day)).valid_from == date.fromisoformat(begins)


@pytest.mark.parametrize(("law", "day", "holds"), [
    ("personal-information-law", date(2021, 10, 31), False),
    ("personal-information-law", date(2021, 11, 1), True),
    ("anti-fraud-law", date(2022, 11, 30), False),
    ("anti-fraud-law", date(2022, 12, 1), True),
])  # fmt: skip
def test_a_law_holds_from_its_first_day(law, day, holds):
    assert in_force(law, day) is holds


def test_a_citation_names_law_and_article_only_while_the_law_holds():
    assert citation("cybersecurity-law", "第二十三条", date(2026, 1, 1)) == "《网络安全法》第二十三条"
    assert citation("anti-fraud-law", "第三十一条", date(2021, 10, 11)) is None


def test_a_law_that_no_pack_names_is_an_error():
    with pytest.raises(UnknownLaw):
        in_force("law-of-the-sea", date(2026, 1, 1))


def test_figures_say_where_they_stand():
    figure = pack_on(date(2026, 11, 24)).figure("incident-first-report-platform")

    assert (figure.value, figure.unit, figure.source) == (4, "小时", "国家网络安全事件报告管理办法")
