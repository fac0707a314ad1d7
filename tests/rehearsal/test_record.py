"""What a rehearsal remembers, and the comparison at its end."""

from __future__ import annotations

import json

from cyberweek.rehearsal.record import Late, Line, Record, compared, write


def test_every_figure_of_either_side_is_compared():
    lines = compared({"papers": 3, "closed": 1}, {"papers": 3, "closed": 0, "signed": 2, "nothing": 0})

    assert lines == [Line("closed", 1, 0), Line("papers", 3, 3), Line("signed", 0, 2)]
    assert [each.is_equal for each in lines] == [False, True, False]


def test_somebody_who_comes_twice_is_one_participant():
    record = Record()
    for who in ("a", "b", "a"):
        record.see("participants", who)
        record.add("answers", 2)

    assert record.figures() == {"answers": 6, "participants": 2}


def test_what_is_written_can_be_read_by_the_page(tmp_path):
    from cyberweek.rehearsal.queries import Findings, _read

    record = Record()
    record.took("do", 0.25)
    record.took("do", 1.5)
    record.refuse("script", "out of turn: not-yet")
    record.late.append(Late("cac", "never"))
    record.notice("a resident gave up at do")
    write(tmp_path / "rehearsal.json", record, at="", lines=[["quiz.papers", 2, 2]])

    found = _read(tmp_path / "rehearsal.json")

    assert isinstance(found, Findings)
    assert json.loads((tmp_path / "rehearsal.json").read_text()) | {"speeds": []} == {
        "at": "", "lines": [["quiz.papers", 2, 2]], "figures": {}, "refused": [["script", "out of turn: not-yet", 1]],
        "speeds": [], "late": [["cac", "never", ""]], "strange": ["a resident gave up at do"], "retried": 0,
    }  # fmt: skip
    assert (found.speeds[0].times, found.speeds[0].slowest, found.speeds[0].slow) == (2, 1500, 1)
