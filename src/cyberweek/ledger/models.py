"""The ledger's tables. Nobody outside the ledger imports this module: read through queries, write through journal."""

from django.db import models

from cyberweek import state


class Fact(state.Fact):
    """One row of the chain. The database refuses to change or delete it; see the first migration."""

    n = models.BigIntegerField(primary_key=True)
    stream = models.BigIntegerField()
    step = models.IntegerField()
    part = models.IntegerField()
    at = models.BigIntegerField(help_text="milliseconds since 1970 UTC, by the server's clock")
    kind = models.TextField()
    version = models.IntegerField()
    activity = models.BigIntegerField(help_text="0 when the fact belongs to no activity")
    release = models.BigIntegerField()
    actor = models.BigIntegerField(help_text="participant key, or minus the seat of an official act")
    origin = models.IntegerField()
    body = models.BinaryField()
    digest = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "step", "part"], name="ledger_fact_once")]


class Head(state.Work):
    """Where the chain stands; locking this one row is the chain's lock."""

    id = models.IntegerField(primary_key=True)
    n = models.BigIntegerField()
    digest = models.BinaryField()


class Lease(state.Work):
    """Who decides a family of streams, under which epoch."""

    name = models.TextField(primary_key=True)
    epoch = models.BigIntegerField()
    holder = models.TextField()
    taken_at = models.BigIntegerField()


class Position(state.Work):
    """How far a reader has come in the chain."""

    name = models.TextField(primary_key=True)
    n = models.BigIntegerField()


class Outgoing(state.Work):
    """Facts that wait for the commit of the change that they belong to; see outbox.py."""

    id = models.BigAutoField(primary_key=True)
    entry = models.BinaryField()


class Count(state.Tally):
    """The value of a metric for an activity, in one bucket ('' is all of it)."""

    pk = models.CompositePrimaryKey("metric", "activity", "bucket")
    metric = models.TextField()
    activity = models.BigIntegerField()
    bucket = models.TextField()
    value = models.BigIntegerField()


class Seen(state.Tally):
    """Which actors a distinct metric has counted."""

    pk = models.CompositePrimaryKey("metric", "activity", "bucket", "actor")
    metric = models.TextField()
    activity = models.BigIntegerField()
    bucket = models.TextField()
    actor = models.BigIntegerField()
