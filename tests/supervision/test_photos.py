"""A photo is kept for what it is: by content, small, without metadata, and known again when it comes back changed."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cyberweek.supervision import photos
from cyberweek.supervision.photos import BadPhoto, are_alike, prepare
from tests.factories.photos import drawn

PLACE = b"29 deg 33 min"


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "somebody's name"
    exif.get_ifd(0x8825)[2] = (29.0, 33.0, 0.0)
    return drawn(exif=exif, comment=PLACE)


def test_metadata_does_not_come_along():
    given = with_place()
    assert b"somebody" in given
    assert PLACE in given

    kept = prepare(given)

    for body in (kept.body, kept.thumb):
        assert b"somebody" not in body
        assert PLACE not in body
        assert b"Exif" not in body
        assert dict(Image.open(io.BytesIO(body)).getexif()) == {}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photo_is_known_by_its_content_and_kept_as_jpeg(kind):
    kept = prepare(drawn(kind, size=(3000, 1500)))

    assert Image.open(io.BytesIO(kept.body)).format == "JPEG"
    assert (kept.width, kept.height) == (1920, 960)
    assert Image.open(io.BytesIO(kept.thumb)).size == (360, 180)


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    kept = prepare(drawn(size=(400, 300), exif=exif))

    assert (kept.width, kept.height) == (300, 400)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"#!/bin/sh\nrm -rf /\n", "not-a-photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not-a-photo"),
        (b"GIF89a" + b"\0" * 40, "not-a-photo"),
        (b"", "not-a-photo"),
        (drawn()[:3000], "broken"),
    ],
)
def test_what_is_no_photo_is_refused(data, reason):
    with pytest.raises(BadPhoto) as caught:
        prepare(data)

    assert caught.value.reason == reason


def test_a_script_behind_a_photo_stays_behind():
    kept = prepare(drawn() + b"<?php system($_GET['c']); ?>")

    assert b"<?php" not in kept.body


def test_a_file_that_is_too_big_is_not_even_opened():
    with pytest.raises(BadPhoto) as caught:
        prepare(b"\0" * (photos.MAX_BYTES + 1))

    assert caught.value.reason == "too-big"


def test_a_picture_of_too_many_pixels_is_not_unpacked():
    small_file = drawn("PNG", size=(9000, 9000))
    assert len(small_file) < photos.MAX_BYTES

    with pytest.raises(BadPhoto) as caught:
        prepare(small_file)

    assert caught.value.reason == "too-many-pixels"


def test_a_copy_looks_alike_and_another_photo_does_not():
    first = prepare(drawn(size=(800, 600))).looks
    copy = prepare(drawn("PNG", size=(400, 300))).looks
    other = prepare(drawn(mark=5)).looks

    assert are_alike(first, copy)
    assert not are_alike(first, other)
