"""Which image a page means: the real and largest one, never what stands there until it is loaded."""

from __future__ import annotations

from time import perf_counter

import pytest

from convert.model import Image
from convert.readers.html_images import PREVIEW_CHARACTERS, best_image, is_placeholder

BASE = "https://paper.example/2024/harbour/index.html"
GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
EMPTY_SVG = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 3 2'%3E%3C/svg%3E"
PHOTO = "data:image/jpeg;base64," + "A" * PREVIEW_CHARACTERS


def url(sources: list[dict[str, str]] | None = None, base: str = BASE, **attributes: str) -> str | None:
    """The address of the image; underscores in names are hyphens."""
    found = best_image({name.replace("_", "-"): value for name, value in attributes.items()}, sources or [], base)
    return found.url if found else None


# -- the largest -----------------------------------------------------------------------------------------------


def test_words_are_kept_and_the_address_is_absolute() -> None:
    image = best_image({"src": "../crane.jpg", "alt": " The  crane\n at dusk ", "title": "Berth 4"}, [], BASE)
    assert image == Image("https://paper.example/2024/crane.jpg", "The crane at dusk", "Berth 4")


@pytest.mark.parametrize(
    ("srcset", "best"),
    [
        ("a.jpg 320w, b.jpg 1200w, c.jpg 640w", "b.jpg"),
        ("a.jpg, b.jpg 2x", "b.jpg"),
        ("a.jpg 1x,b.jpg 1.5x", "b.jpg"),
        ("\n  a.jpg 320w 240h,\n  b.jpg 640w 480h\n", "b.jpg"),
        ("w_300,h_200/a.jpg 300w, w_900,h_600/b.jpg 900w", "w_900,h_600/b.jpg"),
        (f"{GIF} 2000w, b.jpg 640w", "b.jpg"),
        (",,a.jpg 1x,,", "a.jpg"),
        ("b.jpg wide", "b.jpg"),
    ],
)
def test_the_largest_of_a_set(srcset: str, best: str) -> None:
    assert url(base="", srcset=srcset, src="small.jpg") == best


def test_a_stated_width_beats_a_density_and_both_beat_a_bare_address() -> None:
    assert url(src="s.jpg", width="300", srcset="a.jpg 2x", data_srcset="b.jpg 1000w", base="") == "b.jpg"
    assert url(src="s.jpg", width="300", srcset="a.jpg 2x", base="") == "a.jpg"
    assert url(src="s.jpg", width="1200", srcset="a.jpg 300w", base="") == "s.jpg"


def test_the_image_as_it_is_kept_beats_every_scaled_one() -> None:
    assert url(src="a-300x200.jpg", srcset="a-2048.jpg 2048w", data_orig_file="a.jpg", base="") == "a.jpg"


# -- lazy loading ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["data-src", "data-lazy-src", "data-original", "data-hi-res-src", "nitro-lazy-src", "data-cfsrc"]
)
@pytest.mark.parametrize("shown", [GIF, EMPTY_SVG, "/i/blank.gif", "/1x1.png", "/img/lazy_placeholder.gif", ""])
def test_what_a_script_would_load(name: str, shown: str) -> None:
    image = best_image({"src": shown, name: "/crane.jpg"}, [], BASE)
    assert image is not None
    assert image.url == "https://paper.example/crane.jpg"


def test_a_lazy_image_beats_the_blurred_one_in_its_place() -> None:
    assert url(src="crane-tiny.jpg", data_src="crane.jpg", base="") == "crane.jpg"
    assert url(src="crane-tiny.jpg", data_lazy_srcset="crane.jpg 1x", base="") == "crane.jpg"


def test_words_and_templates_in_such_attributes_are_no_addresses() -> None:
    assert url(src="crane.jpg", data_lazy="true", data_src="/{width}/crane.jpg", base="") == "crane.jpg"


@pytest.mark.parametrize(
    "address",
    [
        GIF,
        EMPTY_SVG,
        "blank.gif",
        "https://x.example/a/spacer.gif?v=3",
        "/1x1.png",
        "/grey-placeholder.png",
        "img/transparent-16x9.svg",
        "loading.gif",
        "pixel_trans.gif",
        "data:image/jpeg;base64,/9j/4AAQSkZJRg==",
    ],
)
def test_placeholders_are_known(address: str) -> None:
    image = best_image({"src": address, "alt": "The crane"}, [], "")
    assert image is not None
    assert image.alt == "The crane"
    assert is_placeholder(image)


@pytest.mark.parametrize(
    "address",
    [
        PHOTO,
        "crane.jpg",
        "blank-stares-at-the-harbour.jpg",
        "loading-dock-4.jpg",
        "https://x.example/photo",
        "cid:4@x",
        "clear-water.jpg",
        "data:image/svg+xml,%3Csvg%3E%3Cpath d='M0 0h9'/%3E%3C/svg%3E",
    ],
)
def test_images_are_not_taken_for_placeholders(address: str) -> None:
    assert not is_placeholder(Image(address, ""))


# -- pictures --------------------------------------------------------------------------------------------------


def test_sizes_that_tie_go_to_the_format_that_all_readers_have() -> None:
    sources = [
        {"type": "image/avif", "srcset": "a.avif 800w"},
        {"type": "image/webp", "srcset": "a.webp 800w"},
        {"type": "image/jpeg", "srcset": "a.jpg 800w"},
    ]
    assert url(sources, base="", src="a-400.jpg", width="400") == "a.jpg"
    assert url([{"srcset": "a.webp"}], base="", src="a.png") == "a.png"


def test_a_larger_one_wins_in_any_format() -> None:
    assert url([{"type": "image/webp", "srcset": "a.webp 1600w"}], base="", src="a.jpg", width="800") == "a.webp"
    assert url([{"data-srcset": "b.webp 1600w", "srcset": GIF}], base="", src=GIF) == "b.webp"


def test_crops_for_small_and_dark_screens_come_last() -> None:
    crop = {"media": "(max-width: 600px)", "srcset": "square.jpg 1400w"}
    dark = {"media": "(prefers-color-scheme: dark)", "srcset": "night.png 1400w"}
    assert url([crop, dark], base="", src="whole.jpg") == "whole.jpg"
    assert url([crop], base="", src=GIF) == "square.jpg"


# -- what is no image ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "attributes",
    [
        {"width": "1", "height": "1"},
        {"width": "0", "height": "0"},
        {"width": "1px", "height": "1px"},
        {"height": "1"},
        {"style": "position: absolute; Display : none"},
        {"hidden": ""},
    ],
)
def test_counting_pixels_and_hidden_images_are_none(attributes: dict[str, str]) -> None:
    assert best_image({"src": "https://count.example/p?u=1", **attributes}, [], BASE) is None


def test_sides_of_none_mean_nothing_where_a_set_states_widths() -> None:
    assert url(width="0", height="0", srcset="crane.jpg 1200w", base="") == "crane.jpg"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "blob:https://x.example/1",
        "about:blank",
        "",
        "#",
        "http://[x/a.png",
        "data:text/html,<p>.</p>",
        "C:\\crane.jpg",
    ],
)
def test_other_addresses_are_not_followed(address: str) -> None:
    found = best_image({"src": address}, [], "https://paper.example/")
    assert found is None or found.url == "http://[x/a.png"


@pytest.mark.parametrize(
    ("address", "base", "expected"),
    [
        ("//cdn.example/a.jpg", "", "https://cdn.example/a.jpg"),
        ("//cdn.example/a.jpg", "http://paper.example/", "http://cdn.example/a.jpg"),
        ("page_files/a.jpg", "", "page_files/a.jpg"),
        ("page_files/a.jpg", "file:///home/someone/page.html", "page_files/a.jpg"),
        ("cid:part1@mail", BASE, "cid:part1@mail"),
        ("/the crane.jpg", BASE, "https://paper.example/the%20crane.jpg"),
        ("//[cdn/a.jpg", BASE, None),
        (PHOTO, BASE, PHOTO),
    ],
)
def test_addresses(address: str, base: str, expected: str | None) -> None:
    assert url(src=address, base=base) == expected


def test_it_takes_no_time() -> None:
    """A page has up to some hundred images; a hundred microseconds each is five times what is measured."""
    srcset = ", ".join(f"/i/crane-{width}.jpg {width}w" for width in (150, 300, 640, 800, 1024, 2048))
    attributes = {"src": GIF, "srcset": srcset, "data-src": "/i/crane.jpg", "width": "800", "alt": "The crane"}
    best_image(attributes, [], BASE)
    start = perf_counter()
    for _ in range(1000):
        best_image(attributes, [], BASE)
    assert perf_counter() - start < 0.1
    start = perf_counter()
    best_image({"srcset": "a" * 100_000 + ", b" * 100_000}, [], BASE)
    assert perf_counter() - start < 1
