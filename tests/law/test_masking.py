import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.masking import mask_address, mask_bank, mask_email, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("陈示", "陈*"),
        ("陈示例", "陈*例"),
        ("欧阳示例", "欧**例"),
        ("陈", "*"),
        ("", ""),
        ("John Smith", "J*** S***"),
    ],
)
def test_a_name_keeps_its_ends(name, shown):
    assert mask_name(name) == shown


def test_an_identity_number_keeps_six_and_four_and_in_public_three_and_four():
    assert mask_id("430199199003076616") == "430199********6616"
    assert mask_id("430199199003076616", public=True) == "430***********6616"


def test_a_passport_number_keeps_only_its_ends():
    assert mask_id("E12345678") == "E******78"
    assert mask_id("E1234") == "*****"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("19900000001", "199****0001"),
        ("+86 199 0000 0001", "199****0001"),
        ("0731-88880001", "**********01"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_a_phone_number_hides_its_middle(phone, shown):
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("湖南省示例市示例区示例街道示例路1号2栋301", "湖南省示例市示例区示例街道示例路****"),
        ("湖南省示例市示例区示例街道幸福小区3栋", "湖南省示例市示例区示例街道****"),
        ("示例县示例镇示例村7组", "示例县示例镇****"),
        ("示例市幸福小区3栋", "示例市****"),
        ("3栋301", "****"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_street(address, shown):
    assert mask_address(address) == shown


def test_a_bank_card_keeps_its_last_four():
    assert mask_bank("6200 0000 0000 1234 567") == "*" * 15 + "4567"


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("alice@example.org", "a***@example.org"),
        ("a@example.org", "***@example.org"),
        ("not an address", "***"),
    ],
)
def test_an_email_hides_who_but_not_where(email, shown):
    assert mask_email(email) == shown


@given(st.text(alphabet="0123456789X", max_size=24))
def test_no_number_shows_more_than_ten_characters_or_hides_fewer_than_four(number):
    for masked in (mask_id(number), mask_bank(number), mask_id(number, public=True)):
        hidden = masked.count("*")
        assert len(masked) == len(number)
        assert hidden >= min(4, len(number))
        assert len(masked) - hidden <= 10


@given(st.text(max_size=30))
def test_no_address_shows_a_house_number_after_its_road(text):
    assert not mask_address(f"示例路{text}88号").endswith("88号")
