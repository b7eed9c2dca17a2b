"""Web pages in other clothes: saved as one file, sent as e-mail, in a feed, piped in; and what is broken in them."""

from __future__ import annotations

import base64
import quopri
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest

from convert import InputError, cli, publish, read
from convert.model import Document
from convert.readers import READERS, read_bytes
from convert.readers.saved_page import saved_page_address
from convert.readers.sniff import format_in
from convert.sources import sources_of
from convert.walk import dump, plain

PAGE = """<!DOCTYPE html><html lang="en"><head><title>The Crane of Quay Nine</title></head><body><article>
<h1>The Crane of Quay Nine</h1><p>It lifts “nine tonnes”, says the café’s owner.</p>
<p><img src="cid:crane@port.example" alt="The crane"><img src="pictures/mast.png" alt="The mast"></p>
</article></body></html>"""
TEXT = "It lifts “nine tonnes”, says the café’s owner."
ADDRESS = "https://port.example/news/crane.html"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def claims(document: Document, field: str) -> list[str]:
    return [claim.value for claim in document.claims if claim.field == field]


# -- MHTML -----------------------------------------------------------------------------------------------------


def mhtml(page: str = PAGE, charset: str = "utf-8", start: str = "", stated: str = "") -> bytes:
    """A page as Chromium saves it."""
    named = f'\tstart="{start}";\r\n' if start else ""
    body = quopri.encodestring(page.encode(charset)).decode("ascii")
    picture = base64.encodebytes(PIXEL).decode("ascii")
    return (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nSubject: =?utf-8?Q?The=20Crane?=\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n{named}\ttype="text/html";\r\n'
        '\tboundary="----Boundary--x----"\r\n\r\n\r\n'
        f"------Boundary--x----\r\nContent-Type: text/html; charset={stated or charset}\r\nContent-ID: <page@port>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: {ADDRESS}\r\n\r\n{body}\r\n"
        "------Boundary--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-Location: https://port.example/news/pictures/mast.png\r\n\r\n{picture}\r\n"
        "------Boundary--x----\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-ID: <crane@port.example>\r\n\r\n{picture}\r\n------Boundary--x------\r\n"
    ).encode("ascii")


def test_a_page_saved_as_one_file() -> None:
    document = read_bytes(mhtml(), "crane.mhtml")
    assert TEXT in plain(document)
    assert document.meta.url == ADDRESS
    assert "The Crane of Quay Nine" in claims(document, "title")
    assert document.files["cid:crane@port.example"] == PIXEL
    assert document.files["https://port.example/news/pictures/mast.png"] == PIXEL
    assert {block.origin.source for block in document.blocks} == {"crane.mhtml"}


def test_its_images_are_in_the_editions(tmp_path: Path) -> None:
    import io

    from PIL import Image as Pillow

    target = io.BytesIO()
    Pillow.new("RGB", (300, 200), "navy").save(target, "PNG")
    data = mhtml().replace(base64.encodebytes(PIXEL).replace(b"\n", b"\n"), base64.encodebytes(target.getvalue()))
    (tmp_path / "crane.mht").write_bytes(data)
    (made,) = publish([tmp_path / "crane.mht"], tmp_path / "out", formats=("md",))
    assert made.errors == ()
    assert made.edition is not None
    assert len(made.edition.pictures) == 2


@pytest.mark.parametrize(
    ("written", "stated"), [("cp1252", "windows-1252"), ("utf-8", "iso-8859-1"), ("utf-8", "no-such-charset")]
)
def test_the_charset_of_the_part_is_heeded_unless_the_bytes_say_otherwise(written: str, stated: str) -> None:
    assert TEXT in plain(read_bytes(mhtml(charset=written, stated=stated), "crane.mhtml"))


def test_the_part_that_start_names_is_the_page() -> None:
    frame = b"------Boundary--x----\r\nContent-Type: text/html\r\n\r\n<p>An advertisement</p>\r\n"
    first = mhtml(start="<page@port>").replace(b"------Boundary--x----\r\n", frame + b"------Boundary--x----\r\n", 1)
    assert TEXT in plain(read_bytes(first, "crane.mhtml"))
    assert "advertisement" not in plain(read_bytes(first, "crane.mhtml"))


def test_a_page_cut_off_keeps_the_words_before_the_cut() -> None:
    data = mhtml(PAGE.replace("</article>", "<p>More of it.</p>" * 500))
    assert TEXT in plain(read_bytes(data[: len(data) // 2], "crane.mhtml"))


# -- e-mail ----------------------------------------------------------------------------------------------------


def newsletter(*, page: str | None = PAGE, text: str | None = "It lifts nine tonnes.") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "The Crane – of Quay Nine"
    message["From"] = "Größe Ann Lee <lee@port.example>"
    message["To"] = "reader@town.example"
    message["Date"] = "Thu, 09 Mar 2023 23:30:00 -0500"
    if text is not None:
        message.set_content(text)
    if page is not None:
        if text is None:
            message.set_content(page, subtype="html")
        else:
            message.add_alternative(page, subtype="html")
            html_part = message.get_payload()[1]  # type: ignore[index]
            html_part.add_related(PIXEL, "image", "png", cid="<crane@port.example>")  # type: ignore[union-attr]
    return message


def test_the_html_of_a_newsletter_is_read_and_its_headers_are_claims() -> None:
    message = newsletter()
    message.add_attachment(b"other words", maintype="text", subtype="plain", filename="terms.txt")
    document = read_bytes(message.as_bytes(), "crane.eml")
    assert TEXT in plain(document)
    assert "nine tonnes." not in plain(document).replace(TEXT, "")  # the alternative says the same again
    assert "other words" not in plain(document)
    assert claims(document, "title")[0] == "The Crane – of Quay Nine"
    assert claims(document, "authors")[0] == "Größe Ann Lee"
    assert claims(document, "date")[0] == "2023-03-09"
    assert document.files["cid:crane@port.example"] == PIXEL


def test_an_e_mail_without_html_gives_its_text() -> None:
    document = read_bytes(newsletter(page=None, text="First words.\n\nSecond words, naïve.\n").as_bytes(), "a.eml")
    assert dump(document.blocks) == "First words.\n\nSecond words, naïve."


def test_flowed_text_is_joined() -> None:
    data = (
        b"MIME-Version: 1.0\nTo: a@b.example\nContent-Type: text/plain; format=flowed\n\nOne line \ngoes on.\n \nTwo.\n"
    )
    assert plain(read_bytes(data, "a.eml").blocks[0]) == "One line goes on."


def test_an_e_mail_of_html_alone_in_an_odd_charset() -> None:
    data = (
        b"Subject: =?koi8-r?B?8NLJ18XU?=\nTo: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html; charset=koi8-r\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes("<p>Привет из порта</p>".encode("koi8-r"))
    )
    document = read_bytes(data, "a.eml")
    assert plain(document) == "Привет из порта"
    assert claims(document, "title")[0] == "Привет"


def test_an_e_mail_is_published_under_its_subject(tmp_path: Path) -> None:
    (tmp_path / "crane.eml").write_bytes(newsletter().as_bytes())
    (made,) = publish([tmp_path / "crane.eml"], tmp_path / "out", formats=("md", "epub"))
    assert made.errors == ()
    assert made.edition is not None
    assert made.edition.title in ("The Crane – of Quay Nine", "The Crane of Quay Nine")


# -- feeds -----------------------------------------------------------------------------------------------------

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)


def item(title: str, text: str) -> str:
    return (
        f"<item><title>{title}</title><link>{ADDRESS}</link><dc:creator>Ann Lee</dc:creator>"
        f"<pubDate>Thu, 09 Mar 2023 08:00:00 GMT</pubDate><description>A summary.</description>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )


def rss(*items: str) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" {NAMESPACES}><channel>'
        f"<title>Harbour Post</title><language>en-gb</language>{''.join(items)}</channel></rss>"
    ).encode()


def test_the_article_of_an_rss_feed() -> None:
    document = read_bytes(rss(item("Fish &amp; Ships&nbsp;&mdash; Now", f"<p>{TEXT}</p><p>R&amp;D</p>")), "post.rss")
    assert dump(document.blocks) == f"{TEXT}\n\nR&D"
    assert document.meta.url == ADDRESS
    assert claims(document, "title") == ["Fish & Ships — Now"]
    assert claims(document, "authors") == ["Ann Lee"]
    assert claims(document, "date") == ["2023-03-09"]
    assert claims(document, "publisher") == ["Harbour Post"]
    assert claims(document, "language") == ["en-gb"]


ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour Post</title>
<author><name>The Desk</name></author><entry><title type="html">The &lt;em&gt;Crane&lt;/em&gt;</title>
<link rel="edit" href="https://port.example/edit"/><link href="{ADDRESS}"/><published>2023-03-09T10:00:00Z</published>
<updated>2023-04-01T10:00:00Z</updated>%s</entry></feed>"""


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content>',
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content>',
        f'<content type="text">{TEXT}</content>',
        f"<summary>{TEXT}</summary>",
    ],
)
def test_the_article_of_an_atom_feed(content: str) -> None:
    document = read_bytes((ATOM % content).encode(), "post.atom")
    assert dump(document.blocks) == TEXT
    assert document.meta.url == ADDRESS
    assert claims(document, "title") == ["The Crane"]
    assert claims(document, "authors") == ["The Desk"]
    assert (claims(document, "date"), claims(document, "updated")) == (["2023-03-09"], ["2023-04-01"])


def test_the_article_of_an_rdf_feed() -> None:
    data = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    {NAMESPACES}><channel><title>Harbour Post</title></channel><item rdf:about="{ADDRESS}"><title>The Crane</title>
    <link>{ADDRESS}</link><dc:date>2023-03-09</dc:date><description>{TEXT}</description></item></rdf:RDF>"""
    document = read_bytes(data.encode(), "post.xml")
    assert dump(document.blocks) == TEXT
    assert (claims(document, "title"), claims(document, "date")) == (["The Crane"], ["2023-03-09"])


@pytest.mark.parametrize(
    "data",
    [
        f"<content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded>",
        f"<item><title>T</title><content:encoded>&lt;p&gt;{TEXT}&lt;/p&gt;</content:encoded></item>",
    ],
)
def test_a_piece_of_a_feed(data: str) -> None:
    assert dump(read_bytes(data.encode(), "piece.rss").blocks) == TEXT


def test_a_feed_of_several_articles_is_several_sources(tmp_path: Path) -> None:
    feed = tmp_path / "post.xml"
    feed.write_bytes(rss(item("The Crane", "<p>First words.</p>"), item("The Ferry", "<p>Second words.</p>")))
    assert [(source.name, source.slug) for source in sources_of([str(feed)])] == [
        ("post.xml#1", "the-crane"),
        ("post.xml#2", "the-ferry"),
    ]
    made = publish([feed], tmp_path / "out", formats=("md",))
    assert [one.edition.title for one in made if one.edition] == ["The Crane", "The Ferry"]
    assert "Second words." in (tmp_path / "out" / "the-ferry.md").read_text("utf-8")
    assert plain(read(f"{feed}#2")) == "Second words."
    assert [source.item for source in sources_of([f"{feed}#2"])] == [2]


def test_a_feed_of_several_articles_names_them_where_one_must_be_named() -> None:
    data = rss(item("The Crane", "<p>a</p>"), item("The Ferry", "<p>b</p>"))
    with pytest.raises(InputError, match="2 articles: #1 The Crane, #2 The Ferry"):
        read_bytes(data, "post.rss")
    with pytest.raises(InputError, match="none with the number 3"):
        read_bytes(data, "post.rss", item=3)


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss><channel><item><title>&i;</title></item></channel></rss>"
)
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><description>&x;</description>'


# -- what is refused -------------------------------------------------------------------------------------------


def nested(levels: int) -> bytes:
    parts = "".join(
        f"--b{level}\r\nContent-Type: multipart/mixed; boundary=b{level + 1}\r\n\r\n" for level in range(levels)
    )
    return f"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n{parts}words".encode()


REFUSED = {
    "an empty MHTML": ("a.mhtml", b"", "empty"),
    "an MHTML without a page": ("a.mhtml", mhtml().replace(b"text/html; charset", b"text/css; charset"), "no web page"),
    "text called MHTML": ("a.mht", b"just words\n", "no web page"),
    "an MHTML nested without end": ("a.mhtml", nested(10_000), "too deep"),
    "an e-mail nested without end": ("a.eml", nested(10_000), "too deep"),
    "an empty e-mail": ("a.eml", b"\n", "empty"),
    "an e-mail of an attachment": (
        "a.eml",
        b"MIME-Version: 1.0\nContent-Type: application/pdf\nContent-Disposition: attachment\n\n%PDF-",
        "no text",
    ),
    "a feed without articles": ("a.rss", rss(), "no feed with articles"),
    "a feed of titles": ("a.rss", b"<rss><channel><item><title>T</title></item></channel></rss>", "article's text"),
    "a feed cut off": ("a.rss", rss(item("T", "<p>a</p>"))[:-40], "no well-formed XML"),
    "an XML that is no feed": ("a.rss", b"<svg><text>words</text></svg>", "no feed"),
    "a bomb of entities": ("a.rss", BOMB.encode(), "entities"),
    "an entity that is a file": ("a.rss", OUTSIDE.encode(), "entities"),
    "a feed nested without end": ("a.rss", b"<rss>" + b"<a>" * 200_000, "XML"),
    "an article nested without end": (
        "a.rss",
        b"<rss><item><description>" + b"<a>" * 50_000 + b"w" + b"</a>" * 50_000 + b"</description></item></rss>",
        "too deep",
    ),
}


@pytest.mark.parametrize("shape", REFUSED)
def test_what_cannot_be_read_is_refused_with_what_mends_it(shape: str) -> None:
    name, content, said = REFUSED[shape]
    with pytest.raises(InputError) as caught:
        read_bytes(content, name)
    assert said in str(caught.value)
    assert str(caught.value).startswith(name)
    assert caught.value.hint
    assert "\n" not in str(caught.value)


# -- saved pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page",
    [
        f"<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Thu -->",
        f"<!DOCTYPE html>\n<!-- saved from url=(0036){ADDRESS} -->\n<html>",
    ],
)
def test_the_address_of_a_saved_page(page: str) -> None:
    assert saved_page_address(page) == ADDRESS
    assert saved_page_address("<html><!-- a comment --><p>Words</p>") == ""


@pytest.mark.parametrize("comment", [f"<!-- saved from url=(0036){ADDRESS} -->", ""])
@pytest.mark.parametrize("folder", ["Crane_files", "Crane-Dateien"])
def test_images_in_the_folder_beside_a_saved_page(tmp_path: Path, comment: str, folder: str) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "mast 1.png").write_bytes(PIXEL)
    (tmp_path / "other.png").write_bytes(PIXEL)
    images = "".join(
        f'<p>Words here.</p><img src="{address}" alt="Seen {number}" width="300" height="200">'
        for number, address in enumerate(
            (f"./{folder}/mast%201.png", f"{folder}/../../secret.png", "other_files/x.png")
        )
    )
    page = tmp_path / "Crane.html"
    page.write_text(f"<!DOCTYPE html>\n{comment}<html><body><article>{images}</article></body></html>")
    document = read(page)
    assert list(document.files.values()) == [PIXEL]
    assert document.meta.url == (ADDRESS if comment else "")


# -- formats by content ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (PAGE.encode(), "html"),
        (b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- saved --><html xmlns="x">', "html"),
        (b"<HTML><BODY>", "html"),
        (mhtml(), "mhtml"),
        (newsletter().as_bytes(), "eml"),
        (rss(), "feed"),
        (ATOM.encode(), "feed"),
        (b"{\\rtf1 words}", "rtf"),
        (b"Title: The Crane\nDate: 2023-03-09\n\nWords.", ""),
        (b"# The Crane\n\n<html>", ""),
        (b"", ""),
    ],
)
def test_the_format_that_bytes_start_like(data: bytes, found: str) -> None:
    assert format_in(data) == found


@pytest.mark.parametrize("data", [mhtml(), newsletter().as_bytes(), rss(item("The Crane", f"<p>{TEXT}</p>"))])
def test_standard_input_is_read_as_what_it_is(tmp_path: Path, data: bytes) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "convert", "publish", "-", "--to", "md", "-o", str(tmp_path)],
        input=data,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert TEXT in (tmp_path / "article.md").read_text("utf-8")


def test_a_file_without_a_suffix_is_read_as_what_it_is() -> None:
    assert TEXT in plain(read_bytes(mhtml(), "download"))


def test_the_help_names_the_formats() -> None:
    assert cli.FROM.split(", ") == list(READERS)
    assert TEXT in plain(read(mhtml()))
