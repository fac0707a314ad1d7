"""An edition as an official document and as tables. Pure: what it says is in the edition, or it is not said."""

from __future__ import annotations

from cyberweek.kernel.clock import day_of
from cyberweek.report import wording
from cyberweek.report.documents.docx import write_docx
from cyberweek.report.documents.model import Annex, Document, Heading, Paragraph, Table, numbered
from cyberweek.report.documents.xlsx import Sheet, write_xlsx
from cyberweek.report.edition import Body

Line = tuple[str, str, str]


def summary(body: Body, number: int) -> Document:
    """The whole summary, ready for signature."""
    made = day_of(body.at)
    return Document(
        title=wording.title(body),
        recipient="市委网信委",
        blocks=tuple(_blocks(body)),
        signed_by=f"{body.signed_by}网络安全宣传周推进办公室",
        date=f"{made.year}年{made.month}月{made.day}日",
        mark=f"送审稿（第{number}版{'，含模拟数据' if body.is_simulated else ''}）",
        annexes=(Annex("活动情况一览表", _activities(body)),),
    )


def outline(document: Document) -> list[Line]:
    """The document's lines as (kind, number, text), for a page that shows the same text."""
    lines = [("title", "", document.title)]
    for block, number in numbered(document.blocks):
        lines.append(("heading" if isinstance(block, Heading) else "paragraph", number, block.text))
    return [*lines, ("paragraph", "", document.signed_by), ("paragraph", "", document.date)]


def docx_bytes(body: Body, number: int) -> bytes:
    return write_docx(summary(body, number))


def xlsx_bytes(body: Body) -> bytes:
    """Figures, activities and definitions as three sheets."""
    names = {each.id: each.name for each in body.activities}
    figures = tuple(
        (each.metric, names.get(each.activity, "全部"), each.bucket or "合计", each.value) for each in body.figures
    )
    activities = tuple((each.no, *_activity_row(body, each)[1:]) for each in body.activities)
    definitions = tuple(
        (d.name, d.label, d.unit, d.fact, "按参与者去重" if d.distinct else "按记录计") for d in body.definitions
    )
    return write_xlsx((
        Sheet("数字", (("指标", 26), ("活动", 28), ("分项", 24), ("数值", 12)), figures),
        Sheet("活动", (("序号", 6), ("活动", 28), ("时间", 26), ("地点", 14), ("主办", 30), ("参与", 12)), activities),
        Sheet("口径", (("指标", 26), ("名称", 24), ("单位", 8), ("来自记录", 28), ("计法", 14)), definitions),
    ))  # fmt: skip


def _blocks(body: Body) -> list[Heading | Paragraph]:
    texts = dict(body.texts)
    blocks: list[Heading | Paragraph] = [
        Heading(1, "总体情况"),
        Paragraph(wording.overview(body) + wording.participation(body)),
    ]
    blocks += _written(texts, "overview")
    blocks.append(Heading(1, "活动开展情况"))
    blocks += _written(texts, "activities")
    for held in body.activities:
        blocks += [Heading(2, held.name), Paragraph(wording.activity(body, held))]
    blocks += [Heading(1, "任务落实情况"), Paragraph(wording.tasks(body)), *_written(texts, "tasks")]
    for heading, name in (("experience", "主要做法"), ("problems", "存在的不足"), ("next", "下一步打算")):
        if texts.get(heading):
            blocks += [Heading(1, name), *_written(texts, heading)]
    return blocks


def _written(texts: dict[str, str], heading: str) -> list[Paragraph]:
    return [Paragraph(line.strip()) for line in texts.get(heading, "").splitlines() if line.strip()]


def _activities(body: Body) -> Table:
    columns = (("序号", 14), ("活动", 42), ("时间", 36), ("地点", 20), ("主办", 28), ("参与", 16))
    return Table(columns, tuple(_activity_row(body, each) for each in body.activities))


def _activity_row(body: Body, held) -> tuple[str, ...]:
    counted = body.value("quiz.participants", held.id) if held.kind == "quiz" else body.people(held.id)
    when = wording.span(held.starts, held.ends) if held.starts else "—"
    return (
        str(held.no),
        held.name,
        when,
        held.place or "—",
        "、".join(held.hosts) or "—",
        str(counted) if counted else "—",
    )
