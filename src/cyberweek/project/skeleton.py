"""Write the skeleton of a new activity kind: small, whole, and passing the conformance suite."""

from __future__ import annotations

import re
from pathlib import Path

from cyberweek.project import address


class CannotWrite(Exception):
    """Raised when the name is taken or is no name; the message says which."""


def write(name: str) -> list[Path]:
    """Write the source, its example for the suite, and a line wherever the house lists kinds; returns what was written."""
    if not (name.isidentifier() and name.islower()):
        raise CannotWrite(f"{name!r} is no name for a package: use lower-case letters, as in `hunt`")
    source = address.ROOT / "src" / "cyberweek" / "activities" / name
    tests = address.ROOT / "tests" / "activities" / name
    if source.exists() or tests.exists():
        raise CannotWrite(f"{name} exists already")
    written = [_file(source / path, text, name) for path, text in SOURCE.items()]
    written += [_file(tests / path, text, name) for path, text in TESTS.items()]
    written += [_register(name), _install(name), _lock(name)]
    written += [_document(path, after, line, name) for path, after, line in DOCS]
    return list(dict.fromkeys(written))


def _file(path: Path, text: str, name: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_named(text, name), encoding="utf-8")
    return path


def _named(text: str, name: str) -> str:
    return text.replace("hunt", name).replace("Hunt", name.title().replace("_", ""))


def _register(name: str) -> Path:
    """Import the kind in its place among the others, and name it last."""
    path = address.ROOT / "src" / "cyberweek" / "project" / "registry.py"
    lines = path.read_text(encoding="utf-8").splitlines()
    imports = [line for line in lines if line.startswith("from cyberweek.activities.")]
    at = lines.index(imports[0])
    ours = f"from cyberweek.activities.{name}.component import COMPONENT as {name.upper()}"
    lines[at : at + len(imports)] = sorted([*imports, ours])
    text = "\n".join(lines) + "\n"
    kinds = re.sub(r"components=\(([\w, ]+?),?\)", rf"components=(\1, {name.upper()})", text, count=1)
    path.write_text(kinds, encoding="utf-8")
    return path


def _install(name: str) -> Path:
    """Make Django find the kind's words and, later, its pages and tables."""
    path = address.ROOT / "src" / "cyberweek" / "project" / "settings.py"
    last = '    "cyberweek.supervision",\n'
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(last, f'    "cyberweek.activities.{name}",\n{last}', 1), encoding="utf-8")
    return path


def _lock(name: str) -> Path:
    path = address.ROOT / "facts.lock"
    lines = [*path.read_text(encoding="utf-8").splitlines(), f"{name}.took-part 1 "]
    path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    return path


def _document(page: str, after: str, line: str, name: str) -> Path:
    """Add a row to a page's table, behind the last row that begins like another one of its kind."""
    path = address.ROOT / "docs" / page
    lines = path.read_text(encoding="utf-8").splitlines()
    at = max(number for number, each in enumerate(lines) if each.startswith(after))
    lines.insert(at + 1, _named(line, name))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


DOCS = (
    ("reference/facts.md", "| `", "| `hunt.took-part` | | somebody took part |"),
    ("reference/metrics.md", "| `", "| `hunt.participants` | `hunt.took-part` | different devices, also by day |"),
    ("reference/metrics.md", "| `", "| `hunt.taken-part` | `hunt.took-part` | each, also by day |"),
    ("architecture.md", "| `activities/", "| `activities/hunt` | say in a few words what people do here |"),
)

SOURCE = {
    "__init__.py": '''"""hunt — say in one sentence what people do here.

It records that somebody took part (TookPart). It never stores a name.
"""
''',
    "snapshot.py": '''"""What a published hunt is."""

from __future__ import annotations

from cyberweek.component.snapshot import Snapshot


class HuntSnapshot(Snapshot, frozen=True, kw_only=True, tag="hunt-1"):
    """Only what every activity has; add what the rules need."""
''',
    "facts.py": '''"""What a hunt records. Names and versions never change once written."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class TookPart(Fact, frozen=True):
    """Somebody took part."""

    KIND: ClassVar[str] = "hunt.took-part"
''',
    "rules.py": '''"""The rules of a hunt. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from cyberweek.activities.hunt.facts import TookPart
from cyberweek.activities.hunt.snapshot import HuntSnapshot
from cyberweek.component.rules import Refused, Rules, refuse_by_window
from cyberweek.ledger.fact import Fact
from cyberweek.people.ticket import Attempt


class TakePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Take part, once an attempt."""

    agreed: bool = True


class State(msgspec.Struct, frozen=True):
    took_part: bool = False


class Told(msgspec.Struct, frozen=True):
    took_part: bool


def start(_snapshot: HuntSnapshot, _attempt: Attempt) -> State:
    return State()


def decide(snapshot: HuntSnapshot, state: State, command: TakePart, at: int) -> Sequence[Fact] | Refused:
    late = refuse_by_window(snapshot, at)
    if late is not None:
        return late
    if not command.agreed:
        return Refused("impossible-choice")
    return Refused("finished") if state.took_part else (TookPart(),)


def evolve(_snapshot: HuntSnapshot, _state: State, _fact: Fact, _at: int) -> State:
    return State(took_part=True)


def show(_snapshot: HuntSnapshot, state: State) -> Told:
    return Told(state.took_part)


def tell(_snapshot: HuntSnapshot, _state: State, _facts: Sequence[Fact]) -> Told:
    return Told(took_part=True)


def read_form(_fields: Mapping[str, Sequence[str]]) -> TakePart:
    return TakePart()


RULES = Rules(command=TakePart, start=start, decide=decide, evolve=evolve, open=show, tell=tell, read_form=read_form)
''',
    "metrics.py": '''"""What is counted from a hunt's facts."""

from cyberweek.activities.hunt.facts import TookPart
from cyberweek.component.metric import Metric
from cyberweek.kernel.text import mark

METRICS = (
    Metric(name="hunt.participants", label=mark("参与设备数"), unit=mark("台"), fact=TookPart, distinct=True),
    Metric(name="hunt.taken-part", label=mark("参与次数"), unit=mark("次"), fact=TookPart),
)
''',
    "apps.py": """from django.apps import AppConfig


class HuntConfig(AppConfig):
    name = "cyberweek.activities.hunt"
    label = "hunt"
    verbose_name = "hunt"
    default_auto_field = "django.db.models.BigAutoField"
""",
    "locale/en/LC_MESSAGES/django.po": """msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "hunt"
msgstr "Hunt"

msgid "参与设备数"
msgstr "Devices that took part"

msgid "台"
msgstr "devices"

msgid "参与次数"
msgstr "Times taken part"

msgid "次"
msgstr "times"
""",
    "component.py": '''"""The manifest of the hunt."""

from cyberweek.activities.hunt.facts import TookPart
from cyberweek.activities.hunt.metrics import METRICS
from cyberweek.activities.hunt.rules import RULES
from cyberweek.activities.hunt.snapshot import HuntSnapshot
from cyberweek.component.manifest import Component
from cyberweek.kernel.text import mark

COMPONENT = Component(
    kind="hunt",
    name=mark("hunt"),
    snapshot=HuntSnapshot,
    facts=(TookPart,),
    rules=RULES,
    metrics=METRICS,
)
''',
}

TESTS = {
    "example.py": '''"""A hunt for the conformance suite."""

from __future__ import annotations

from datetime import UTC, datetime

from cyberweek.activities.hunt.rules import State, TakePart
from cyberweek.activities.hunt.snapshot import HuntSnapshot
from cyberweek.kernel.windows import Window


def snapshot(activity: int = 8) -> HuntSnapshot:
    window = Window(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
    return HuntSnapshot(activity=activity, title_zh="示例", title_en="Example", window=window)


def next_command(state: State) -> TakePart | None:
    return None if state.took_part else TakePart()


def impossible_command() -> TakePart:
    return TakePart(agreed=False)
''',
}
