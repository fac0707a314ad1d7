"""Every address of the house. Pages exist in Chinese (no prefix) and in English (/en/)."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("cyberweek.portal.urls")),
    path("play/", include("cyberweek.activities.quiz.public.urls")),
    path("duel/", include("cyberweek.activities.duel.public.urls")),
    path("draws/", include("cyberweek.prizes.public.urls")),
    path("", include("cyberweek.certificates.urls")),
    path("screen/", include("cyberweek.screen.urls")),
    path("accounts/", include("cyberweek.people.account_urls")),
    path("console/", include("cyberweek.console.urls")),
    path("console/", include("cyberweek.supervision.urls")),
    path("console/duty/", include("cyberweek.duty.urls")),
    path("console/", include("cyberweek.people.urls")),
    path("console/", include("cyberweek.messages.urls")),
    path("console/", include("cyberweek.report.urls")),
    path("console/", include("cyberweek.rehearsal.urls")),
    path("console/wall/", include("cyberweek.screen.console_urls")),
    path("console/prizes/", include("cyberweek.prizes.console.urls")),
    path("console/bank/", include("cyberweek.questions.console.urls")),
    path("console/quiz/", include("cyberweek.activities.quiz.console.urls")),
    path("console/duel/", include("cyberweek.activities.duel.console.urls")),
    prefix_default_language=False,
)
