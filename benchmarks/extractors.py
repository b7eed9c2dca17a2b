"""One extractor in a process of its own, for extraction.py: pages in and articles out, as JSON lines.

    python benchmarks/extractors.py NAME

The first line out is {"version": …} or {"missing": why}. Each line in is {"pages": [{"url", "html"}], "model": path or
null}; each line out {"articles": […], "seconds", "cpu", "peak"}, in which the clock runs in the extractor's calls only
and the peak is the process's memory so far, in MiB. An article has "text", or "html" where the tool gives HTML, and
what the tool says of "title", "author" and "date"; {"error": why} where the tool failed.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from types import FrameType
from typing import Any

Article = dict[str, str | None]
Extract = Callable[[str, str, str | None], Article]  # HTML, address, and the model of this fold if there is one
Maker = Callable[[], Extract]

PATIENCE = 60
"""Seconds for one page, after which the tool has failed on it: some hundred times what the slowest tool needs."""

_WARM_UP = "<!DOCTYPE html><title>Tides</title><article><h1>Tides</h1>{}</article>".format(
    "<p>The harbour fills twice a day, and the clerks write down when, as they have done for a long time.</p>" * 9
)


def clearcopy() -> Extract:
    extract: Any = import_module("convert").extract

    def run(html: str, url: str, model: str | None) -> Article:
        article = extract(html, url, model=model) if model else extract(html, url)
        return {
            "text": article.text,
            "title": article.title,
            "author": ", ".join(article.authors),
            "date": str(article.date or ""),
        }

    return run


def trafilatura(**options: bool) -> Maker:
    def make() -> Extract:
        bare_extraction: Any = import_module("trafilatura").bare_extraction

        def run(html: str, url: str, _: str | None) -> Article:
            found = bare_extraction(html, url=url or None, with_metadata=True, **options)
            if found is None:
                return {"text": ""}
            return {"text": found.text, "title": found.title, "author": found.author, "date": found.date}

        return run

    return make


def readability_lxml() -> Extract:
    document: Any = import_module("readability").Document

    def run(html: str, url: str, _: str | None) -> Article:
        page = document(html, url=url or None)
        author = page.author()
        return {
            "html": page.summary(html_partial=True),
            "title": page.short_title(),
            "author": None if author == "[no-author]" else author,
        }

    return run


def resiliparse() -> Extract:
    parse: Any = import_module("resiliparse.parse.html").HTMLTree.parse
    plain_text: Any = import_module("resiliparse.extract.html2text").extract_plain_text

    def run(html: str, _: str, __: str | None) -> Article:
        tree = parse(html)
        return {"text": plain_text(tree, main_content=True, alt_texts=False), "title": tree.title}

    return run


def newspaper4k() -> Extract:
    newspaper: Any = import_module("newspaper")
    settings = newspaper.Config()
    settings.fetch_images = False  # nothing is read from the network

    def run(html: str, url: str, _: str | None) -> Article:
        article = newspaper.Article(url or "https://example.org/", config=settings)
        article.download(input_html=html)
        article.parse()
        date = article.publish_date
        return {
            "text": article.text,
            "title": article.title,
            "author": ", ".join(article.authors),
            "date": date.isoformat() if hasattr(date, "isoformat") else str(date or ""),
        }

    return run


EXTRACTORS: dict[str, tuple[str, Maker]] = {
    "clearcopy": ("clearcopy", clearcopy),
    "trafilatura": ("trafilatura", trafilatura()),
    "trafilatura-fast": ("trafilatura", trafilatura(fast=True)),
    "readability-lxml": ("readability-lxml", readability_lxml),
    "newspaper4k": ("newspaper4k", newspaper4k),
    "resiliparse": ("resiliparse", resiliparse),
}
"""By name: the distribution, for its version, and what makes the call."""


def attempt(extract: Extract, page: dict[str, str], model: str | None) -> Article:
    """What a tool makes of a page. A benchmark goes on after any fault of a tool, and counts it."""
    signal.alarm(PATIENCE)
    try:
        return extract(page["html"], page["url"], model)
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    finally:
        signal.alarm(0)


def too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"more than {PATIENCE} seconds")


def main() -> None:
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a tool prints is no reply
    warnings.simplefilter("ignore")
    signal.signal(signal.SIGALRM, too_long)

    def reply(**values: object) -> None:
        print(json.dumps(values), file=replies, flush=True)

    distribution, make = EXTRACTORS[sys.argv[1]]
    try:
        extract, found = make(), version(distribution)
    except (ImportError, AttributeError) as error:
        return reply(missing=str(error))
    attempt(extract, {"html": _WARM_UP, "url": "https://example.org/tides"}, None)
    reply(version=found)
    for line in sys.stdin:
        request = json.loads(line)
        cpu, start = time.process_time(), time.perf_counter()
        articles = [attempt(extract, page, request["model"]) for page in request["pages"]]
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        reply(articles=articles, seconds=seconds, cpu=cpu, peak=peak)
    return None


if __name__ == "__main__":
    main()
