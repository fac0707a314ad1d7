"""Join the rooms: what one offers to another's page, by the ports that `component` declares. Runs once at start."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from cyberweek.activities.duel import queries as duel_queries
from cyberweek.activities.duel import services as duel_services
from cyberweek.activities.quiz import queries as quiz_queries
from cyberweek.activities.quiz import services as quiz_services
from cyberweek.activities.quiz.component import COMPONENT as QUIZ
from cyberweek.activities.quiz.console.nav import NAV as QUIZ_NAV
from cyberweek.activities.quiz.player import PLAYER as QUIZ_PLAYER
from cyberweek.activities.quiz.public.attempts import passed
from cyberweek.component import ports
from cyberweek.component.ports import NavItem, PlayLink
from cyberweek.component.reading import windows
from cyberweek.component.words import act_words as release_acts
from cyberweek.console.cards import recovery_card
from cyberweek.console.nav import NAV
from cyberweek.duty import offers as duty
from cyberweek.duty.nav import NAV as DUTY
from cyberweek.duty.words import act_words as duty_acts
from cyberweek.kernel.clock import system_clock
from cyberweek.kernel.text import mark
from cyberweek.kernel.windows import Phase
from cyberweek.ledger import door
from cyberweek.ledger.connect import AnyStore, open_store
from cyberweek.messages.installed import carry
from cyberweek.people.words import act_words as people_acts
from cyberweek.plan.words import act_words as plan_acts
from cyberweek.portal.held import days_taken_part
from cyberweek.prizes import offers as prizes
from cyberweek.prizes.cards import today_cards as prize_cards
from cyberweek.prizes.console.nav import CONSOLE as DRAWS_CONSOLE
from cyberweek.prizes.console.nav import PORTAL as DRAWS
from cyberweek.prizes.services import sheets
from cyberweek.prizes.words import act_words as prize_acts
from cyberweek.project import address, papers
from cyberweek.project.registry import REGISTRY
from cyberweek.questions.cards import today_cards as question_cards
from cyberweek.questions.console.nav import NAV as BANK_NAV
from cyberweek.questions.words import act_words as question_acts
from cyberweek.rehearsal.nav import NAV as REHEARSAL
from cyberweek.report.offers import counted_for
from cyberweek.screen.nav import NAV as WALL
from cyberweek.supervision import own_tasks
from cyberweek.supervision.cards import today_cards
from cyberweek.supervision.letters import write_letters
from cyberweek.supervision.queries import task_lights, unit_loads
from cyberweek.supervision.words import act_words

PORTAL_NAV = (
    NavItem(mark("首页"), "portal:home", exact=True),
    NavItem(mark("活动"), "portal:programme"),
    NavItem(mark("主题日"), "portal:themes"),
    DRAWS,
    NavItem(mark("我的数据"), "portal:mydata"),
)


def wire() -> None:
    """Fill the ports. Calling it again changes nothing."""
    door.provide(connect)
    ports.opening_gates.offer(quiz_queries.missing)
    ports.opening_gates.offer(duel_queries.missing)
    ports.today_cards.offer(today_cards)
    ports.today_cards.offer(prize_cards)
    ports.today_cards.offer(recovery_card)
    ports.today_cards.offer(question_cards)
    ports.unit_loads.offer(unit_loads)
    ports.act_words.offer(act_words)
    ports.act_words.offer(release_acts)
    ports.act_words.offer(plan_acts)
    ports.act_words.offer(people_acts)
    ports.opening_gates.offer(prizes.missing)
    ports.openings.offer(prizes.opening)
    ports.chance_links.offer(prizes.chance_link)
    ports.draw_notices.offer(prizes.notices)
    ports.held_data.offer(prizes.held)
    ports.act_words.offer(prize_acts)
    ports.act_words.offer(question_acts)
    ports.item_answers.offer(quiz_queries.answered)
    for component in REGISTRY.components:
        if component.gives_chances:
            ports.chance_kinds.offer(component.kind)
    ports.held_data.offer(days_taken_part)
    ports.activity_consoles.offer(console_of)
    ports.play_links.offer(play_links)
    ports.district_links.offer(district_link)
    ports.odd_participants.offer(quiz_odd)
    ports.district_figures.offer(quiz_queries.district_figures)
    ports.task_lights.offer(task_lights)
    ports.passed_attempts.offer(passed)
    ports.certificate_links.offer(certificate_link)
    ports.practice_links.offer(practice_link)
    ports.copies.offer(quiz_services.copy_drafts)
    ports.copies.offer(duel_services.copy_drafts)
    ports.copies.offer(sheets.copy_drafts)
    ports.copies.offer(own_tasks.copy_drafts)
    ports.counted_for.offer(counted_for)
    ports.document_writers.offer(papers.document)
    ports.table_writers.offer(papers.table)
    ports.rounds.offer(write_letters)
    ports.rounds.offer(carry)
    ports.today_cards.offer(duty.today_cards)
    ports.open_incidents.offer(duty.open_incidents)
    ports.act_words.offer(duty_acts)
    ports.players.offer(QUIZ_PLAYER)
    for metric in REGISTRY.metrics:
        ports.metrics.offer(metric)
    for item in PORTAL_NAV:
        ports.portal_nav.offer(item)
    for item in (*NAV, *QUIZ_NAV, *BANK_NAV, DRAWS_CONSOLE, DUTY, WALL, REHEARSAL):
        ports.console_nav.offer(item)


def connect() -> AnyStore:
    return open_store(address.database_url())


def console_of(activity: Any) -> str | None:
    """The console page of an activity's own kind."""
    if not REGISTRY.knows(activity.kind):
        return None
    url = REGISTRY.get(activity.kind).console_url
    return reverse(url, args=[activity.slug]) if url else None


def play_links(activities: Collection[Any]) -> dict[int, PlayLink | None]:
    """Where and when people play those of the activities whose kind has a public page, in one query."""
    urls = {each.pk: reverse(name, args=[each.slug]) for each in activities if (name := _play_url(each.kind))}
    found = windows(urls) if urls else {}
    return {pk: PlayLink(url, found[pk]) if pk in found else None for pk, url in urls.items()}


def _play_url(kind: str) -> str:
    return REGISTRY.get(kind).play_url if REGISTRY.knows(kind) else ""


def quiz_odd(activity: Any) -> list[quiz_queries.Odd]:
    """Who played a quiz as no person does; nobody in activities of other kinds."""
    return quiz_queries.odd_participants(activity) if activity.kind == QUIZ.kind else []


def district_link(activity: Any) -> str | None:
    """Where residents see the districts of a quiz."""
    return reverse("quiz:districts", args=[activity.slug]) if activity.kind == QUIZ.kind else None


def certificate_link(activity: Any) -> str | None:
    """Where whoever passed is given a certificate."""
    return reverse("certificates:certificate", args=[activity.slug]) if activity.kind == QUIZ.kind else None


def practice_link(campaign: Any) -> str | None:
    """The quiz that is open now: its learning papers are free."""
    quizzes = {each.pk: each for each in campaign.activities.filter(kind=QUIZ.kind)}
    now = system_clock()
    found = [pk for pk, window in windows(quizzes).items() if window.phase(now) == Phase.OPEN]
    return reverse("quiz:play", args=[quizzes[found[0]].slug]) if found else None
