"""The command line: one function a command. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext, suppress
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from convert.__about__ import NAME, VERSION
from convert.errors import ClearcopyError, UsageError

if TYPE_CHECKING:
    from convert.config import Config
    from convert.engine import Cleaned
    from convert.publishing import Published
    from convert.reading import Reach
    from convert.sources import Source
    from convert.typesetting.client import Typesetter

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Turns a scraped article into a PDF briefing, an EPUB and clean Markdown, and keeps a ledger of every change."
        "\n\nExit codes: 0 done, 1 done with findings (under --strict), 2 wrong use, 3 unreadable input, 4 an edition "
        "failed its check."
    ),
)

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class CleanFormat(StrEnum):
    MD = "md"
    TEXT = "text"
    JSON = "json"


Sources = Annotated[
    list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, web addresses, or - for standard input.")
]
One = Annotated[str, typer.Argument(metavar="SOURCE", help="A file, a web address, or - for standard input.")]
FROM = "markdown, text, html, mhtml, eml, feed, docx, odt, rtf, epub, latex, rst, org, mediawiki"
"""The keys of READERS, which would take longer to load than the help to be shown."""

InputFormat = Annotated[
    str | None,
    typer.Option("--from", metavar="FORMAT", help=f"{FROM}; else the file's suffix or its start says."),
]
SiteRules = Annotated[
    Path | None, typer.Option("--site-rules", metavar="FOLDER", help="Rules for the pages of single sites.")
]
ConfigFile = Annotated[Path | None, typer.Option("--config", metavar="FILE", help="Settings (TOML).")]
Url = Annotated[str, typer.Option("--url", metavar="ADDRESS", help="The address of the page, for one saved as a file.")]
Pages = Annotated[
    int | None, typer.Option("--pages", min=1, metavar="N", help="Fetch N pages of an article at most; else all.")
]
Timeout = Annotated[
    float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="How long to wait for a page.", show_default=True)
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Open addresses that are not on the public internet, too.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Name each edit.")]
Force = Annotated[bool, typer.Option("--force", help="Replace files that Clearcopy did not make, too.")]


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,  # noqa: FBT002
) -> None:
    if version:
        print(f"{NAME.lower()} {VERSION}")
        raise typer.Exit


@app.command()
def publish(
    context: typer.Context,
    sources: Sources,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the editions go.")] = Path(
        "build"
    ),
    to: Annotated[str, typer.Option("--to", metavar="LIST", help="Which editions: pdf, epub, md.")] = "pdf,epub,md",
    theme: Annotated[str, typer.Option(help="How they look: briefing or reader.")] = "briefing",
    css: Annotated[
        Path | None, typer.Option("--css", metavar="FILE", help="Style of your own, after the theme's.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="End with 1 if there are findings.")] = False,  # noqa: FBT002
    input_format: InputFormat = None,
    url: Url = "",
    pages: Pages = None,
    timeout: Timeout = 60,
    allow_private: AllowPrivate = False,  # noqa: FBT002
    fetch_images: Annotated[  # noqa: FBT002
        bool, typer.Option("--fetch-images", help="Fetch the images of the article from the web.")
    ] = False,
    config: ConfigFile = None,
    site_rules: SiteRules = None,
    force: Force = False,  # noqa: FBT002
    quiet: Quiet = False,  # noqa: FBT002
    verbose: Verbose = False,  # noqa: FBT002
) -> None:
    """Make the editions of articles, and a ledger of what was changed.

    \b
    Examples:

    \b
      clearcopy publish article.md
      clearcopy publish articles/ -o build --to epub
      clearcopy publish https://example.org/2024/the-harbour-wall
      curl -s https://example.org/article.md | clearcopy publish - --theme reader
    """
    from convert.exporters import Look
    from convert.publishing import Order, publish_all
    from convert.reading import image_at
    from convert.sources import sources_of
    from convert.terminal import console, progress, report
    from convert.typesetting.client import typesetter_for

    formats = tuple(dict.fromkeys(part.strip().lower() for part in to.split(",") if part.strip()))
    named = sources_of(sources)
    if url and len(named) > 1:
        raise UsageError("--url is the address of one article", where=url, hint="Name one source.")
    reach = _reach(timeout, pages, allow_private=allow_private)
    done: list[Published] = []
    with typesetter_for(formats, context.obj) as typesetter:
        order = Order(
            output,
            formats,
            Look(theme, _css(css)),
            _config(config, site_rules),
            input_format,
            force,
            reach,
            url,
            partial(image_at, reach=reach) if fetch_images else None,
        )
        screen = console(quiet=quiet)
        with progress(screen) as tell:
            for published in publish_all(named, order, typesetter, tell):
                done.append(published)
                for error in published.errors:
                    _say(error)
    report(screen, done, each_edit=verbose)
    code = max((error.exit_code for one in done for error in one.errors), default=0)
    has_findings = any(one.cleaned and one.cleaned.findings for one in done)
    raise typer.Exit(code or int(strict and has_findings))


@app.command()
def clean(
    source: One,
    to: Annotated[CleanFormat, typer.Option("--to", help="What comes out.")] = CleanFormat.MD,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; - is standard output.")
    ] = None,
    input_format: InputFormat = None,
    url: Url = "",
    pages: Pages = None,
    timeout: Timeout = 60,
    allow_private: AllowPrivate = False,  # noqa: FBT002
    config: ConfigFile = None,
    site_rules: SiteRules = None,
    force: Force = False,  # noqa: FBT002
    quiet: Quiet = False,  # noqa: FBT002
    verbose: Verbose = False,  # noqa: FBT002
) -> None:
    """Clean one article, to standard output or a file. Messages go to standard error.

    \b
    Examples:

    \b
      clearcopy clean article.md > clean.md
      clearcopy clean article.md --to text -o article.txt
    """
    from convert.publishing import clean_source
    from convert.terminal import console, report_cleaned

    reach = _reach(timeout, pages, allow_private=allow_private)
    cleaned = clean_source(_one(source), _config(config, site_rules), input_format, url, reach)
    data = _cleaned_bytes(cleaned, to)
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        _write(output, data, source, force=force)
    report_cleaned(console(quiet=quiet), cleaned, each_edit=verbose)


@app.command()
def explain(
    what: Annotated[str, typer.Argument(metavar="CODE|SOURCE", help="A rule's code, or a source.")],
    input_format: InputFormat = None,
    url: Url = "",
    config: ConfigFile = None,
    site_rules: SiteRules = None,
) -> None:
    """Explain a rule, or what was changed in a source and why.

    \b
    Examples:

    \b
      clearcopy explain JOIN101
      clearcopy explain article.md
    """
    from convert.publishing import clean_source
    from convert.rules import BY_CODE
    from convert.terminal import explain_cleaned, explain_rule, output_console

    rule = BY_CODE.get(what.upper())
    if rule:
        explain_rule(output_console(), rule)
    else:
        source = _one(what, "nor a rule's code")
        explain_cleaned(output_console(), clean_source(source, _config(config, site_rules), input_format, url))


rules_app = typer.Typer(
    rich_markup_mode=None, pretty_exceptions_enable=False, context_settings={"help_option_names": ["-h", "--help"]}
)
app.add_typer(rules_app, name="rules")


@rules_app.callback(invoke_without_command=True)
def rules(context: typer.Context) -> None:
    """List all rules in the order in which they run, or test the rule of a site.

    \b
    Examples:

    \b
      clearcopy rules
      clearcopy rules test example.org.toml
    """
    if context.invoked_subcommand:
        return
    from convert.rules import RULES
    from convert.terminal import output_console, rules_table

    rules_table(output_console(), RULES)


@rules_app.command("test")
def rules_test(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A site rule: TOML, or the form of ftr-site-config.")],
    pages: Annotated[
        Path | None, typer.Option("--pages", metavar="FOLDER", help="Saved pages, found by their addresses.")
    ] = None,
) -> None:
    """Run the checks of a site rule on saved pages. Nothing is fetched. Ends with 1 if one fails.

    \b
    Examples:

    \b
      clearcopy rules test example.org.toml
      clearcopy rules test example.org.txt --pages saved/
    """
    from convert.sites.checks import run_checks
    from convert.terminal import output_console, report_checks

    results = run_checks(file, pages)
    report_checks(output_console(), results)
    raise typer.Exit(int(any(result.passed is False for result in results)))


# -- what the commands share -----------------------------------------------------------------------------------


def _one(argument: str, hint: str = "") -> Source:
    from convert.sources import sources_of

    try:
        found = sources_of([argument])
    except ClearcopyError as error:
        if hint:
            error.hint = f"It is no file, {hint}; clearcopy rules lists the codes."
        raise
    if len(found) > 1:
        raise UsageError("This command takes one article", where=argument, hint="Name one file of the folder.")
    return found[0]


def _config(path: Path | None, site_rules: Path | None) -> Config:
    from dataclasses import replace

    from convert.config import Config, config_from_toml

    config = config_from_toml(path) if path else Config()
    return replace(config, site_rules=str(site_rules)) if site_rules else config


def _reach(timeout: float, pages: int | None, *, allow_private: bool) -> Reach:
    from convert.reading import Reach
    from convert.web.address import Policy
    from convert.web.fetch import Limits

    return Reach(Limits.within(timeout, pages), Policy(allow_private))


def _css(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("The style cannot be read", where=str(path), hint="It must be a CSS file in UTF-8.") from error


def _cleaned_bytes(cleaned: Cleaned, to: CleanFormat) -> bytes:
    from convert.document_json import to_json
    from convert.plain_text import to_text

    if to is CleanFormat.TEXT:
        return to_text(cleaned.document).encode()
    if to is CleanFormat.JSON:
        return to_json(cleaned.document).encode()
    from convert.edition import edition_of
    from convert.exporters.markdown import write_markdown

    return write_markdown(edition_of(cleaned, "article"))


def _write(path: Path, data: bytes, source: str, *, force: bool) -> None:
    from convert.place import put

    if path.exists() and Path(source).exists() and path.samefile(source):
        raise UsageError("The output would replace the source", where=str(path), hint="Choose another name.")
    if path.exists() and not force:
        raise UsageError("The file exists", where=str(path), hint="Choose another name, or replace it with --force.")
    put(path, data)


def _say(error: ClearcopyError) -> None:
    print(f"{NAME.lower()}: {error}", file=sys.stderr)


def main() -> NoReturn:
    """Runs the command and ends the process with its exit code."""
    _end(_run())


def _run() -> int:
    try:
        with _warm_typesetter(sys.argv[1:]) or nullcontext() as typesetter:
            app(prog_name=NAME.lower(), obj=typesetter)
    except SystemExit as end:  # how Typer says its exit code
        return end.code if isinstance(end.code, int) else 0
    except ClearcopyError as error:
        _say(error)
        return error.exit_code
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:  # who read us has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _end(code: int) -> NoReturn:
    """Ends the process at once. Taking down the libraries would take a tenth of a second, and frees nothing."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):
            stream.flush()
    os._exit(code)


def _warm_typesetter(arguments: list[str]) -> Typesetter | None:
    """A typesetter that loads while the command line is read, if it looks as if a PDF is wanted.

    Loading takes longer than anything else but the layout itself. Where the guess is wrong, the process ends unused.
    """
    is_asked = arguments[:1] == ["publish"] and not {"-h", "--help"} & set(arguments)
    says_formats = any(argument.startswith("--to") for argument in arguments)
    if not is_asked or (says_formats and not any("pdf" in argument for argument in arguments)):
        return None
    from convert.typesetting.client import Typesetter

    return Typesetter()


if __name__ == "__main__":
    main()
