from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "cyberweek.people"
    label = "people"
    verbose_name = "人员"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cyberweek.people import watch  # noqa: PLC0415 -- after the models

        watch.connect()
