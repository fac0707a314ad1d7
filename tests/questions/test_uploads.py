"""From a file to the bank: whole or not at all, once, and never over what somebody else did meanwhile."""

from __future__ import annotations

import threading

import pytest
from msgspec.structs import replace

TEXT = """
1. 收到“积分清零”的短信，怎么办？
A. 点链接
B. 从官方应用查
答案：B
解析：从官方应用查。
专题：防范电信网络诈骗

2. 没有答案的题
A. 甲
B. 乙

3. 公用电脑可以保存密码。
答案：错
专题：密码与账号
""".encode()


def receive(desk, data: bytes = TEXT, name: str = "题库.txt", seat=None):
    from cyberweek.questions import uploads

    return uploads.receive(data, name, seat=seat or desk.office, at=desk.at)


def confirm(desk, upload, seat=None):
    from cyberweek.questions import queries, uploads

    return uploads.confirm(upload, seen=queries.import_plan(upload).digest, seat=seat or desk.office, at=desk.at)


def tables() -> tuple[int, int, int, int]:
    from cyberweek.questions.models import BankUpload, Basis, Question, Step

    return tuple(model.objects.count() for model in (Question, Basis, Step, BankUpload))


def test_a_dry_run_writes_nothing_but_the_upload(desk):
    from cyberweek.questions.queries import import_plan

    before = tables()

    shown = import_plan(receive(desk))

    assert [each.verdict.value for each in shown.lines] == ["new", "refused", "new"]
    assert tables() == (*before[:3], before[3] + 1)


def test_confirming_writes_what_was_shown_and_forgets_the_file(any_desk):
    from cyberweek.questions.models import BankUpload, Question

    done = confirm(any_desk, receive(any_desk))

    assert done == (2, 0)
    made = Question.objects.filter(steps__act="imported").order_by("pk")
    assert [(each.topic_id, each.kind, each.stage, each.steps.get().seat_id) for each in made] == [
        ("fraud", "single", "writing", any_desk.office.pk),
        ("passwords", "truth", "writing", any_desk.office.pk),
    ]
    assert BankUpload.objects.count() == 0


def test_the_same_file_again_creates_nothing_twice_and_says_so(desk):
    from cyberweek.questions.queries import import_plan
    from cyberweek.questions.uploads import NothingToDo

    confirm(desk, receive(desk))
    after = tables()
    again = receive(desk, seat=desk.second)

    assert [each.verdict.value for each in import_plan(again).lines] == ["same", "refused", "same"]
    with pytest.raises(NothingToDo):
        confirm(desk, again, desk.second)
    assert tables() == (*after[:3], 1)


@pytest.mark.parametrize("name", ["xlsx", "csv", "docx", "txt", "gift", "moodle"])
def test_the_whole_bank_exported_and_imported_is_the_same_bank(desk, name):
    from cyberweek.questions import queries
    from cyberweek.questions.formats.registry import BY_NAME

    bank = queries.drafts()

    shown = queries.import_plan(receive(desk, BY_NAME[name].write(bank), f"bank.{BY_NAME[name].extension}"))

    assert {each.verdict.value for each in shown.lines} == {"same"}
    assert [each.draft for each in shown.lines] == bank


@pytest.mark.parametrize("name", ["xlsx", "csv", "docx", "txt", "gift", "moodle"])
def test_an_export_fills_an_empty_bank_with_the_same_questions(desk, name):
    from cyberweek.questions import queries
    from cyberweek.questions.formats.registry import BY_NAME
    from cyberweek.questions.models import Question

    bank = queries.drafts()
    data = BY_NAME[name].write(bank)
    Question.objects.all().delete()

    confirm(desk, receive(desk, data, f"bank.{BY_NAME[name].extension}"))

    assert queries.drafts() == bank


def test_an_export_that_was_edited_changes_its_questions_and_takes_their_review_away(desk):
    from cyberweek.questions import queries
    from cyberweek.questions.formats.registry import BY_NAME
    from cyberweek.questions.models import Question

    bank = queries.drafts(["law-001", "law-002"])
    edited = [replace(bank[0], explanation="新的解析。"), bank[1]]

    done = confirm(desk, receive(desk, BY_NAME["csv"].write(edited), "bank.csv"))

    assert done == (0, 1)
    assert queries.drafts(["law-001", "law-002"]) == edited
    stages = Question.objects.filter(code__in=["law-001", "law-002"]).values_list("code", "stage")
    assert dict(stages) == {"law-001": "writing", "law-002": "reviewed"}


def test_a_bank_that_changed_since_it_was_looked_at_is_compared_anew(desk, draft):
    from cyberweek.questions import queries, uploads
    from cyberweek.questions.services import Moved

    first, second = receive(desk), receive(desk, seat=desk.second)
    seen = queries.import_plan(second).digest
    confirm(desk, first)
    before = tables()

    with pytest.raises(Moved):
        uploads.confirm(second, seen=seen, seat=desk.second, at=desk.at)
    assert tables() == before


def test_a_file_that_cannot_be_read_is_not_kept(desk):
    from cyberweek.questions.formats.outcome import Unreadable

    before = tables()

    with pytest.raises(Unreadable):
        receive(desk, b"PK\x03\x04 xl/workbook.xml", "a.xlsx")
    assert tables() == before


def test_a_file_is_thrown_away_once(desk):
    from cyberweek.questions.uploads import Gone, discard

    upload = receive(desk)

    discard(upload)
    with pytest.raises(Gone):
        discard(upload)
    assert tables()[3] == 0


def test_topics_are_chosen_and_chosen_back(desk):
    from cyberweek.questions import queries, uploads
    from cyberweek.questions.models import BankUpload

    upload = receive(desk, TEXT.replace("密码与账号".encode(), "口令".encode()))
    uploads.choose_topics(upload, {"口令": "passwords"})
    assert queries.import_plan(BankUpload.objects.get()).unknown_topics == ()

    uploads.choose_topics(upload, {"口令": ""})
    assert queries.import_plan(BankUpload.objects.get()).unknown_topics == ("口令",)


def together(*works) -> list[str]:
    """What each of several people hears who act at the same moment."""
    from django.db import connection

    from cyberweek.questions.services import Moved
    from cyberweek.questions.uploads import Gone, NothingToDo

    gate, told = threading.Barrier(len(works)), []

    def act(work) -> None:
        gate.wait()
        try:
            told.append(str(tuple(work())))
        except (Gone, Moved, NothingToDo) as error:
            told.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(work,)) for work in works]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(told)


def test_two_people_who_confirm_the_same_upload_import_it_once(any_desk):
    upload = receive(any_desk)

    told = together(lambda: confirm(any_desk, upload), lambda: confirm(any_desk, upload, any_desk.second))

    assert told[0] == "(2, 0)"
    assert told[1] in ("Gone", "Moved", "NothingToDo")
    assert tables()[0] == 164
    assert tables()[2:] == (2, 0)


def test_two_people_who_upload_the_same_file_import_it_once(any_desk):
    one, other = receive(any_desk), receive(any_desk, seat=any_desk.second)

    told = together(lambda: confirm(any_desk, one), lambda: confirm(any_desk, other, any_desk.second))

    assert told[0] == "(2, 0)"
    assert told[1] in ("Moved", "NothingToDo")
    assert tables()[0] == 164
    assert tables()[2:] == (2, 1)


def test_a_failure_in_the_middle_leaves_nothing_behind(desk):
    from django.db import IntegrityError, connection

    upload, before = receive(desk), tables()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TRIGGER full BEFORE INSERT ON questions_step BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )

    with pytest.raises(IntegrityError, match="full"):
        confirm(desk, upload)

    assert tables() == (*before[:3], 1)
