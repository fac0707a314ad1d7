"""The wall opens for a right or a pass and for nothing else; leaving it open signs whoever did it out."""

from __future__ import annotations

import os

from cyberweek.kernel.clock import system_clock
from cyberweek.screen import passes
from cyberweek.screen.models import WallPass
from tests.factories import people, plan

WALL = "/console/wall/show/"


def with_pass():
    browser = people.browser()
    browser.cookies[passes.COOKIE] = passes.give("东墙", seat=1, at=system_clock(), randomness=os.urandom)
    return browser


def test_a_display_with_a_pass_sees_the_wall_and_nothing_else_of_the_console(house):
    plan.activity(plan.campaign(), 1)
    browser = with_pass()

    codes = [browser.get(path).status_code for path in (WALL, "/console/wall/parts/", "/console/wall/", "/console/")]

    assert codes == [200, 200, 302, 302]


def test_without_a_campaign_the_wall_says_so(house):
    body = with_pass().get(WALL).content.decode()

    assert "活动周还在准备" in body


def test_leaving_the_wall_open_signs_out_and_keeps_the_wall(house):
    plan.campaign()
    browser = people.browser(people.staff("office", "organiser"))

    answer = browser.post("/console/wall/keep/", {"name": "东墙"})

    assert (answer.status_code, answer.url) == (302, WALL)
    assert (answer.cookies[passes.COOKIE]["httponly"], answer.cookies[passes.COOKIE]["path"]) == (
        True,
        "/console/wall/",
    )
    assert [browser.get(path).status_code for path in (WALL, "/console/")] == [200, 302]


def test_a_display_without_a_name_is_not_left_open(house):
    browser = people.browser(people.staff("office", "organiser"))

    answer = browser.post("/console/wall/keep/", {"name": " "})

    assert (answer.status_code, WallPass.objects.count()) == (422, 0)
    assert browser.get("/console/").status_code == 200


def test_the_list_takes_a_display_back(house):
    browser = with_pass()
    office = people.browser(people.staff("office", "organiser"))
    assert "东墙" in office.get("/console/wall/").content.decode()

    office.post(f"/console/wall/{WallPass.objects.get().pk}/take-back/")

    assert browser.get(WALL).status_code == 302
