"""A thumbnail is small, tells nothing that the image does not show, and never breaks a record."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from twinrights.media.images import ImageFile, find_images, sha256_of
from twinrights.media.manifest import Manifest
from twinrights.media.thumbnails import SIDE, thumbnail
from twinrights.store import FolderStore, Kind
from twinrights.store.images import listed_in


def picture(path, size=(1_200, 800), **saved):
    Image.new("RGB", size, (200, 30, 60)).save(path, **saved)
    return path


def opened(content: bytes):
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tif"])
def test_a_picture_becomes_a_small_jpeg_of_its_shape(suffix, tmp_path):
    small = opened(thumbnail(picture(tmp_path / f"a.{suffix}")))
    assert small.format == "JPEG"
    assert max(small.size) == SIDE
    assert abs(small.size[0] / small.size[1] - 1.5) < 0.02


def test_what_lies_beside_the_picture_is_left_out(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "Alva Lindqvist"
    content = thumbnail(picture(tmp_path / "a.jpg", exif=exif, comment=b"Alva"))
    assert b"Alva" not in content
    assert not opened(content).getexif()


def test_a_picture_is_turned_as_its_camera_says(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(thumbnail(picture(tmp_path / "a.jpg", exif=exif))).size[1] == SIDE


@pytest.mark.refusal
def test_of_what_is_no_picture_there_is_none(tmp_path):
    for name, content in (("a.jpg", b"no"), ("b.png", b"\x89PNG\r\n\x1a\n"), ("c.mp4", b"")):
        (tmp_path / name).write_bytes(content)
        assert thumbnail(tmp_path / name) is None


@pytest.mark.refusal
def test_a_picture_that_unpacks_to_too_much_has_none(tmp_path, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1_000)
    assert thumbnail(picture(tmp_path / "a.png")) is None


def test_a_store_has_the_manifest_and_the_thumbnails_that_it_names(tmp_path):
    store, images = FolderStore(tmp_path / "store"), tmp_path / "images"
    images.mkdir()
    picture(images / "a.jpg")
    (images / "b.mp4").write_bytes(b"film")

    paths = find_images(images)
    manifest = listed_in(store, paths, [sha256_of(path) for path in paths])

    assert Manifest.from_bytes(store.get(Kind.MANIFEST, manifest.hash)) == manifest
    first, second = manifest.entries
    assert store.get(Kind.THUMBNAIL, first.thumbnail) == thumbnail(images / "a.jpg")
    assert second.thumbnail is None


def test_a_manifest_without_thumbnails_is_as_it_always_was():
    file = ImageFile("a.jpg", 3, hashlib.sha256(b"abc").digest())
    plain = Manifest.of([file], random=bytes)
    named = Manifest.of([file], thumbnails={file.sha256: b"\x01" * 32}, random=bytes)

    assert b"thumbnail" not in plain.to_bytes()
    assert Manifest.from_bytes(named.to_bytes()) == named
    assert plain.tree.root != named.tree.root
