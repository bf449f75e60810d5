from tests.contracts.support.reverts import reverts_with
import pytest
@pytest.mark.law1
def test_probe(desk, hm):
    assert desk.twins.ownerOf(desk.twin) == desk.model
    with reverts_with("TwinUnknown", 7):
        desk.twins.authority(7)
    g = desk.accept()
    with reverts_with("LicenseExists", g.id):
        desk.licenses.accept(g.terms, b"", 9000*10**6, [], {"from": hm})
def test_1(desk):
    desk.accept()

def test_2(desk):
    desk.accept()

def test_3(desk):
    desk.accept()

def test_4(desk):
    desk.accept()

def test_5(desk):
    desk.accept()

def test_6(desk):
    desk.accept()

def test_7(desk):
    desk.accept()

def test_8(desk):
    desk.accept()

def test_9(desk):
    desk.accept()

def test_10(desk):
    desk.accept()

