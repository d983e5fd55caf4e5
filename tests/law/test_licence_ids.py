import pytest

from services.law.licence_ids import is_licence_identifier, licence_identifier, read_licence_id

SAMPLE_LICENCE = "1.2.156.3005.2.11430199MB99001A33001.11430199MB99001A33.2026000001.001.K"


def test_a_licence_identifier_agrees_with_the_fixture():
    assert (
        licence_identifier("11430199MB99001A33001", "11430199MB99001A33", "2026000001", 1) == SAMPLE_LICENCE
    )
    assert is_licence_identifier(SAMPLE_LICENCE)


def test_a_licence_identifier_agrees_with_a_published_one():
    made = licence_identifier("11100000000013338W011", "11430000006122244L", "20230000403")
    assert made == "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"


@pytest.mark.parametrize(
    "wrong",
    [
        SAMPLE_LICENCE[:-1] + "L",
        SAMPLE_LICENCE.replace(".001.", ".002."),
        SAMPLE_LICENCE.replace("3005", "3006"),
        SAMPLE_LICENCE.removesuffix(".K"),
        "",
    ],
)
def test_an_altered_licence_identifier_is_noticed(wrong):
    assert not is_licence_identifier(wrong)


@pytest.mark.parametrize("part", ["type", "serial"])
def test_a_licence_identifier_needs_well_formed_parts(part):
    parts = {"type": "11430199MB99001A33001", "serial": "2026000001"} | {part: "有点.不对"}
    with pytest.raises(ValueError, match=part):
        licence_identifier(parts["type"], "11430199MB99001A33", parts["serial"])


def test_an_identifier_is_read_back_into_its_parts():
    found = read_licence_id(SAMPLE_LICENCE)
    assert (found.type[-3:], found.issuer, found.serial, found.version) == (
        "001", "11430199MB99001A33", "2026000001", 1,
    )  # fmt: skip
