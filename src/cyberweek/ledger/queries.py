"""Read tallies and streams for pages. Never writes."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.db import connection

from cyberweek.ledger.fact import GENESIS, Origin, Row
from cyberweek.ledger.models import Count, Fact, Head, Position, Seen
from cyberweek.ledger.sqlite import COLUMNS
from cyberweek.ledger.tallies import ALL
from cyberweek.ledger.verify import Head as ChainHead


def counts(metrics: Collection[str] | None = None) -> dict[tuple[str, int, str], int]:
    """All tallies (of the named metrics) by (metric, activity, bucket), in one query."""
    rows = Count.objects.all() if metrics is None else Count.objects.filter(metric__in=metrics)
    return {(metric, activity, bucket): value for metric, activity, bucket, value in rows.values_list(
        "metric", "activity", "bucket", "value")}  # fmt: skip


def activity_counts(activity: int) -> dict[tuple[str, str], int]:
    """The tallies of one activity by (metric, bucket)."""
    rows = Count.objects.filter(activity=activity).values_list("metric", "bucket", "value")
    return {(metric, bucket): value for metric, bucket, value in rows}


def head() -> ChainHead:
    """Where the chain stands now."""
    row = Head.objects.get(id=1)
    return ChainHead(row.n, bytes(row.digest))


def stream_rows(stream: int) -> list[Row]:
    """Every fact of a stream in order."""
    return streams_rows([stream]).get(stream, [])


def streams_rows(streams: Collection[int]) -> dict[int, list[Row]]:
    """Every fact of several streams, in one query."""
    found: dict[int, list[Row]] = {}
    if not streams:
        return found
    marks = ",".join(["%s"] * len(streams))
    sql = f"SELECT {COLUMNS} FROM ledger_fact WHERE stream IN ({marks}) ORDER BY n"  # noqa: S608 -- fixed columns
    with connection.cursor() as cursor:
        cursor.execute(sql, list(streams))
        for values in cursor.fetchall():
            row = Row._make(values)._replace(body=bytes(values[11]), digest=bytes(values[12]))
            found.setdefault(row.stream, []).append(row)
    return found


def seen_under(actor: int, metrics: Collection[str]) -> list[tuple[str, int, str]]:
    """Where distinct metrics have counted an actor, as (metric, activity, bucket), in one query.

    Facts have no index of actors, for a random key would slow every append: each bucket that exists is probed instead.
    """
    marks = ",".join(["%s"] * len(metrics))
    sql = f"""SELECT c.metric, c.activity, c.bucket FROM ledger_count c CROSS JOIN ledger_seen s
              WHERE c.metric IN ({marks}) AND s.metric = c.metric AND s.activity = c.activity
              AND s.bucket = c.bucket AND s.actor = %s ORDER BY c.metric, c.activity, c.bucket"""  # noqa: S608 -- marks
    if not metrics:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [*metrics, actor])
        return cursor.fetchall()


def buckets_seen(metric: str, activity: int, actor: int, buckets: Collection[str]) -> set[str]:
    """In which of the buckets a distinct metric has counted an actor; probes of the primary key only."""
    found = Seen.objects.filter(metric=metric, activity=activity, bucket__in=buckets, actor=actor)
    return set(found.values_list("bucket", flat=True))


def actors_seen(metric: str, activity: int, bucket: str) -> list[int]:
    """Every actor whom a distinct metric has counted in a bucket."""
    found = Seen.objects.filter(metric=metric, activity=activity, bucket=bucket)
    return list(found.values_list("actor", flat=True))


def counted_to() -> int:
    """The row up to which every tally has counted."""
    return Position.objects.get(name="tallies").n


def actors_counted(metric: str, activity: int, bucket: str) -> list[int]:
    """Whom a distinct metric has counted in a bucket."""
    return list(Seen.objects.filter(metric=metric, activity=activity, bucket=bucket).values_list("actor", flat=True))


def is_counted(metric: str, activities: Collection[int], actor: int) -> bool:
    """True when a distinct metric has counted an actor in one of these activities; probes the primary key."""
    return Seen.objects.filter(metric=metric, activity__in=activities, bucket=ALL, actor=actor).exists()


def counts_at() -> tuple[dict[tuple[str, int, str], int], int]:
    """All tallies and the row up to which they count, read in one statement so that they belong together."""
    sql = """SELECT p.n, c.metric, c.activity, c.bucket, c.value
             FROM ledger_position p LEFT JOIN ledger_count c ON 1 = 1 WHERE p.name = 'tallies'"""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall()
    return {(metric, activity, bucket): value for _n, metric, activity, bucket, value in rows if metric}, rows[0][0]


def digest_at(n: int) -> bytes:
    """The chain's digest after a row; 32 zero bytes before the first."""
    return bytes(Fact.objects.values_list("digest", flat=True).get(n=n)) if n else GENESIS


def has_simulated(n: int) -> bool:
    """True when any fact up to a row was made by a simulation."""
    return Fact.objects.filter(n__lte=n, origin=Origin.SIMULATED).exists()


def facts_of_kinds(kinds: Collection[str], *, limit: int) -> list[Row]:
    """The newest facts of some kinds, newest first."""
    fields = COLUMNS.split(", ")
    rows = Fact.objects.filter(kind__in=kinds).order_by("-n").values_list(*fields)[:limit]
    return [Row._make(each)._replace(body=bytes(each[11]), digest=bytes(each[12])) for each in rows]


def newest_bodies(kind: str, *, limit: int) -> Iterator[tuple[int, int, bytes | memoryview]]:
    """(stream, release, body) of the newest facts of a kind, newest first; a stream, however many there are."""
    rows = Fact.objects.filter(kind=kind).order_by("-n").values_list("stream", "release", "body")[:limit]
    return rows.iterator(chunk_size=5_000)


def bodies_of(kinds: Collection[str], activity: int) -> Iterator[tuple[int, int, str, int, bytes | memoryview]]:
    """(stream, actor, kind, version, body) of an activity's facts of some kinds, in their order; a stream of rows."""
    rows = Fact.objects.filter(kind__in=kinds, activity=activity).order_by("n")
    return rows.values_list("stream", "actor", "kind", "version", "body").iterator(chunk_size=5_000)


def official_acts(
    *, before: int | None, limit: int, seat: int | None = None, since: int | None = None, until: int | None = None
) -> list[Row]:
    """Facts whose actor is a seat (or this one), newest first, from below a row and between two moments in ms."""
    found = Fact.objects.filter(actor__lt=0) if seat is None else Fact.objects.filter(actor=-seat)
    if before is not None:
        found = found.filter(n__lt=before)
    if since is not None:
        found = found.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    rows = found.order_by("-n").values_list(*COLUMNS.split(", "))[:limit]
    return [Row._make(each)._replace(body=bytes(each[11]), digest=bytes(each[12])) for each in rows]
