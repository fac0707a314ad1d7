"""Text out of the HTML that Moodle keeps questions in. A picture cannot become text, so it is noticed."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

MOST = 20_000
_BLOCKS = {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "table"}
_UNSAID = {"script", "style", "head", "title"}
PICTURES = ("img", "video", "audio", "iframe", "object", "embed", "svg", "canvas")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.has_picture = False
        self._unsaid = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.has_picture |= tag in PICTURES
        self._unsaid += tag in _UNSAID
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unsaid -= tag in _UNSAID and self._unsaid > 0
        if tag in _BLOCKS and tag != "br":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unsaid:
            self.parts.append(" ".join(data.split("\n")))


def text_of(html: str) -> str:
    """The words of a piece of HTML, a block to a line, without empty lines."""
    lines = "".join(_parsed(html).parts).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def is_html(form: str, text: str) -> bool:
    """True for a text that its file calls HTML, or that plainly is although nobody says so."""
    if form in ("plain", "plain_text", "markdown"):
        return False
    return form == "html" or (
        "<" in text and any(f"<{tag}" in text.lower() for tag in ("p>", "p ", "br", "div", "span", *PICTURES))
    )


def has_picture(form: str, text: str) -> bool:
    return is_html(form, text) and _parsed(text).has_picture


def said(form: str, text: str) -> str:
    """A text as people read it, whatever the form it is kept in."""
    return text_of(text) if is_html(form, text) else unescape(text) if form == "moodle_auto_format" else text


def _parsed(html: str) -> _Text:
    parser = _Text()
    parser.feed(html[:MOST])  # longer than any text of a question: what is left is refused for its length
    parser.close()
    return parser
