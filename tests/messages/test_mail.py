"""Mail goes to a real server; whatever the server answers, it is known whether to try again."""

from __future__ import annotations

import pytest

from cyberweek.messages.gateways import NotSent
from cyberweek.messages.mail import BadMailbox, Mail, Refused, mailbox

MAIL = Mail("letter-7", "li@city.example", "任务今天到期", "请登录工作台。\n")


def test_a_mail_arrives_under_its_id(post):
    mailbox(post.address).send(MAIL)

    ((to, message_id, _subject),) = post.came
    assert (to, message_id) == ("li@city.example", "<letter-7@city.example>")


def test_a_person_whom_the_server_does_not_know_is_refused_for_good(post):
    with pytest.raises(Refused, match="550"):
        mailbox(post.address).send(MAIL._replace(to="nobody@city.example"))

    assert post.came == []


@pytest.mark.parametrize(("answer", "error"), [("451 Later", NotSent), ("554 Never", Refused)])
def test_an_answer_says_whether_to_try_again(post, answer, error):
    post.answers.append(answer)

    with pytest.raises(error) as caught:
        mailbox(post.address).send(MAIL)

    assert "li@" not in str(caught.value)
    assert post.came == []


def test_a_server_that_is_away_may_be_tried_again():
    with pytest.raises(NotSent):
        mailbox("smtp://127.0.0.1:1?tls=no&from=week@city.example").send(MAIL)


@pytest.mark.parametrize(
    "address", ["mail.example", "smtp://mail.example", "https://mail.example?from=a@b", "smtp://m?tls=maybe&from=a@b"]
)
def test_an_address_that_names_no_server_says_how_to_write_it(address):
    with pytest.raises(BadMailbox, match="CYBERWEEK_MAIL"):
        mailbox(address)


def test_without_an_address_there_is_no_mailbox():
    assert mailbox("") is None
