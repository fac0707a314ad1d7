from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "cyberweek.project"
    label = "project"
    verbose_name = "总装"

    def ready(self) -> None:
        """Fill every port that a lower floor declares with what the upper rooms offer."""
        from cyberweek.project import wiring  # noqa: PLC0415 -- apps must be loaded first

        wiring.wire()
