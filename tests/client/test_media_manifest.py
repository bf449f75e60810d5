"""Images are found and hashed, and their manifest keeps what proving them takes."""

import hashlib
import json

import pytest
from eth_utils import keccak

from twinrights.errors import BadFile, FileMissing, NotRecorded
from twinrights.media.images import ImageFile, find_images, sha256_of
from twinrights.media.manifest import Manifest


@pytest.fixture
def folder(tmp_path):
    for name in ("b.jpg", "a.PNG", "inside/c.webp", "notes.txt", ".hidden.jpg"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(name.encode())
    return tmp_path


def manifest_of(*names):
    files = [ImageFile(name, 3, hashlib.sha256(name.encode()).digest()) for name in names]
    return Manifest.of(files, random=lambda size: bytes(range(size)))


def test_a_folder_gives_its_images_in_their_order(folder):
    found = [path.relative_to(folder).as_posix() for path in find_images(folder)]
    assert found == ["a.PNG", "b.jpg", "inside/c.webp"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(folder):
    assert find_images([folder / "notes.txt", str(folder / "b.jpg")]) == [
        folder / "notes.txt",
        folder / "b.jpg",
    ]


def test_a_path_that_is_not_there_is_refused(folder):
    with pytest.raises(FileMissing) as caught:
        find_images([folder / "b.jpg", folder / "z.jpg"])
    assert caught.value.path == str(folder / "z.jpg")
    with pytest.raises(FileMissing):
        sha256_of(folder / "z.jpg")


def test_a_folder_without_images_is_refused(tmp_path):
    with pytest.raises(BadFile, match="holds no image"):
        find_images(tmp_path)


def test_nothing_at_all_is_refused():
    with pytest.raises(BadFile, match="no image was named"):
        find_images([])


def test_one_file_under_two_names_is_refused(folder):
    with pytest.raises(BadFile, match="named twice"):
        find_images([folder, folder / "inside" / ".." / "b.jpg"])


def test_a_folder_is_no_file(folder):
    with pytest.raises(BadFile):
        sha256_of(folder)


def test_a_file_is_hashed_whole(tmp_path):
    content = bytes(range(256)) * 10_000
    (tmp_path / "big.jpg").write_bytes(content)
    image = sha256_of(tmp_path / "big.jpg")
    assert image == ImageFile("big.jpg", len(content), hashlib.sha256(content).digest())


def test_a_manifest_is_named_by_the_hash_of_its_bytes(tmp_path):
    manifest = manifest_of("a.jpg", "b.jpg")
    file = manifest.save(tmp_path / "new" / "manifest.json")
    assert manifest.hash == keccak(file.read_bytes())
    assert Manifest.load(file) == manifest
    assert json.loads(file.read_bytes())["images"][1]["name"] == "b.jpg"


def test_salts_are_fresh_in_each_manifest():
    files = [ImageFile("a.jpg", 3, b"\x01" * 32)]
    first, second = Manifest.of(files), Manifest.of(files)
    assert first.hash != second.hash
    assert first.tree.root != second.tree.root


def test_each_leaf_binds_place_file_and_entry():
    manifest = manifest_of("a.jpg", "b.jpg")
    leaf = manifest.entries[1].leaf
    assert (leaf.index, leaf.file) == (1, hashlib.sha256(b"b.jpg").digest())
    assert leaf.entry == manifest.entries[1].hash


def test_changed_bytes_are_noticed(tmp_path):
    file = manifest_of("a.jpg").save(tmp_path / "manifest.json")
    file.write_bytes(file.read_bytes() + b"\n")
    with pytest.raises(BadFile, match="bytes were changed"):
        Manifest.load(file)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"manifest": 2}', b"\xff"])
def test_a_file_that_is_no_manifest_is_refused(tmp_path, content):
    file = tmp_path / "manifest.json"
    file.write_bytes(content)
    with pytest.raises(BadFile, match="no manifest of a usage batch"):
        Manifest.load(file)
    with pytest.raises(FileMissing):
        Manifest.load(tmp_path / "other.json")


def test_an_image_is_found_by_its_bytes_under_any_name(tmp_path):
    manifest = manifest_of("a.jpg", "b.jpg")
    (tmp_path / "renamed.jpg").write_bytes(b"b.jpg")
    assert manifest.entry_of(tmp_path / "renamed.jpg").index == 1
    (tmp_path / "other.jpg").write_bytes(b"other")
    with pytest.raises(NotRecorded) as caught:
        manifest.entry_of(tmp_path / "other.jpg")
    assert caught.value.path == str(tmp_path / "other.jpg")
