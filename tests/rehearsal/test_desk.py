"""What somebody at a desk reads from a page."""

from __future__ import annotations

import pytest

from cyberweek.rehearsal.desk import NoSuchForm, Page, read_forms

TEXT = """
<div role="status"><ul class="messages"><li class="notice notice-error">现在<b>不能</b>这样办</li></ul></div>
<a href="/console/tasks/7/">7</a><a href="/console/tasks/7/">again</a><a href="/console/">no</a>
<form method="post"><input name="a" value="1"><input type="checkbox" name="off" value="x">
<input type="radio" name="way" value="x"><input type="radio" name="way" value="y" checked>
<textarea name="words">一段
话</textarea><select name="unit"><option value="">-</option><option value="cac" selected>网信办</option></select></form>
<form action="/console/tasks/7/close/"><input type="hidden" name="seen" value="3"><button>办结</button></form>
<p class="field-error" id="x">人数不能小于 0。</p>
"""


def page(status: int = 200) -> Page:
    return Page("/here/", status, TEXT, list(read_forms(TEXT, "/here/")))


def test_forms_are_read_with_what_stands_in_them():
    first, second = page().forms

    assert (first.action, first.fields) == (
        "/here/",
        {"a": "1", "way": "y", "words": "一段\n话", "unit": "cac"},
    )
    assert first.choices == {"unit": ["", "cac"]}
    assert second.fields == {"seen": "3"}


def test_what_the_house_says_is_read():
    assert page().said == [("error", "现在不能这样办")]
    assert page().is_done is False
    assert page().reason == "现在不能这样办；人数不能小于 0。"
    assert page().links(r"/console/tasks/\d+/") == ["/console/tasks/7/"]


def test_a_form_that_is_not_there_is_named():
    assert page().has(r"/console/tasks/\d+/close/")
    with pytest.raises(NoSuchForm, match=r"/here/: /sign/"):
        page().form("/sign/")
