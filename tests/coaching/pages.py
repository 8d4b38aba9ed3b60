"""Reads a report as a browser would: the tree, its words, and whatever it would fetch."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "circle", "rect", "path", "line", "polyline"}


class Page(HTMLParser):
    """A page: ``elements`` in order with their attributes, and ``words`` by the tag around them.

    Fails on a tag that is closed without being open, or the other way round.
    """

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(source)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), (tag, attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, tag
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append((self._open[-1] if self._open else "", data))

    @property
    def text(self) -> str:
        """Everything there is to read, as it stands."""
        return "".join(words for tag, words in self.words if tag != "style")

    @property
    def styles(self) -> str:
        return "".join(words for tag, words in self.words if tag == "style")

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def check(self) -> None:
        """Fail if the page could run or load anything, or has an id twice."""
        names = {name for name, _ in self.elements}
        assert not names & {"script", "link", "img", "iframe", "object", "embed", "a", "form"}
        for name, attributes in self.elements:
            assert not [a for a in attributes if a.startswith("on")], (name, attributes)
            assert not {"src", "href", "srcset", "action", "style"} & attributes.keys()
        for loading in ("url(", "@import", "http:", "https:", "//"):
            assert loading not in self.styles
        ids = [i for _, attributes in self.elements if (i := attributes.get("id"))]
        assert len(ids) == len(set(ids))
        policy = next(m for m in self.all("meta") if "http-equiv" in m)
        assert policy["http-equiv"] == "Content-Security-Policy"
        assert policy["content"] == (
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        )
