"""How an official document numbers its headings."""

from __future__ import annotations

import pytest

from cyberweek.report.documents.model import chinese


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (311, "三百一十一"), (999, "九百九十九"),
    ],
)  # fmt: skip
def test_a_number_is_said_as_people_count(number, said):
    assert chinese(number) == said
