"""The six kinds of state. Every table is exactly one of them, and says which by its base class.

Not a place for columns that several tables happen to share: a base class here says how rows may change.
"""

from __future__ import annotations

from django.db import migrations, models


class Immutable(Exception):
    """Raised when code tries to change or delete a row that is written once."""


class Draft(models.Model):
    """Editable by whoever has the right: a question being written, a theme day."""

    class Meta:
        abstract = True


class _WrittenOnce(models.Model):
    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Immutable(f"{type(self).__name__} rows are written once; publish a new one instead")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise Immutable(f"{type(self).__name__} rows are never deleted")


class Release(_WrittenOnce):
    """Immutable canonical bytes with their SHA-256; which one people see is a pointer elsewhere."""

    class Meta:
        abstract = True


class Fact(_WrittenOnce):
    """Append-only, past tense, without personal data; written by the journal, never through the ORM."""

    class Meta:
        abstract = True


class Tally(models.Model):
    """Derived from facts, disposable, rebuilt to the same value."""

    class Meta:
        abstract = True


class Person(models.Model):
    """Erasable; erasing leaves every tally unchanged."""

    class Meta:
        abstract = True


class Work(models.Model):
    """Operational rows that no figure is read from: leases, outbox, pointers."""

    class Meta:
        abstract = True


KINDS = (Draft, Release, Fact, Tally, Person, Work)


def forbid_changes(table: str) -> migrations.RunPython:
    """Return a migration operation that makes the database itself refuse UPDATE and DELETE of a table's rows."""

    def forbid(_apps, editor) -> None:
        for statement in _TRIGGERS[editor.connection.vendor]:
            editor.execute(statement.replace("TABLE", table))

    return migrations.RunPython(forbid, migrations.RunPython.noop)


_TRIGGERS = {
    "sqlite": (
        "CREATE TRIGGER TABLE_no_update BEFORE UPDATE ON TABLE "
        "BEGIN SELECT RAISE(ABORT, 'TABLE rows are never changed'); END",
        "CREATE TRIGGER TABLE_no_delete BEFORE DELETE ON TABLE "
        "BEGIN SELECT RAISE(ABORT, 'TABLE rows are never deleted'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION TABLE_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'TABLE rows are never changed or deleted'; END $$",
        "CREATE TRIGGER TABLE_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON TABLE "
        "FOR EACH STATEMENT EXECUTE FUNCTION TABLE_refuse()",
    ),
}
